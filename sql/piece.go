package sql

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
)

// pieceSize is how many bytes of lines, before compression, go into one piece.
const pieceSize = 1 << 20

// A packer gathers lines into compressed pieces.
type packer struct {
	flush func(content []byte) error

	zipped  bytes.Buffer
	zip     *gzip.Writer
	written int
}

func (p *packer) add(line []byte) error {
	if p.zip == nil {
		p.zip = gzip.NewWriter(&p.zipped)
	}
	if _, err := p.zip.Write(line); err != nil {
		return fmt.Errorf("compressing: %w", err)
	}
	if p.written += len(line); p.written >= pieceSize {
		return p.close()
	}
	return nil
}

// close flushes what is left.
func (p *packer) close() error {
	if p.written == 0 {
		return nil
	}
	if err := p.zip.Close(); err != nil {
		return fmt.Errorf("compressing: %w", err)
	}
	err := p.flush(bytes.Clone(p.zipped.Bytes()))
	p.zipped.Reset()
	p.zip.Reset(&p.zipped)
	p.written = 0
	return err
}

// unpack reads a piece back. One that unfolds to nothing, or to far more than was put
// in, has been tampered with.
func unpack(content []byte) ([]byte, error) {
	zip, err := gzip.NewReader(bytes.NewReader(content))
	if err != nil {
		return nil, err
	}
	lines, err := io.ReadAll(io.LimitReader(zip, 64*pieceSize))
	if err == nil && len(lines) == 64*pieceSize {
		err = errors.New("it is too large")
	}
	if err == nil && len(lines) == 0 {
		err = errors.New("it is empty")
	}
	return lines, err
}
