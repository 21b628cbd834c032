package sql

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
)

// KeepShapes keeps a file of territories' borders and gives its name, the SHA-256. What is
// there already is not kept twice. It is in force once a changeset sets map_shapes to it.
func (s *Store) KeepShapes(ctx context.Context, content []byte) (name string, err error) {
	const insert = `
		INSERT INTO map_shapes (sha256, content)
		VALUES ($1, $2)
		ON CONFLICT DO NOTHING`

	sum := sha256.Sum256(content)
	name = hex.EncodeToString(sum[:])
	if _, err := s.db.ExecContext(ctx, insert, name, content); err != nil {
		return "", fmt.Errorf("keeping the shapes %s: %w", name, kind(ctx, err))
	}
	return name, nil
}

// Shapes gives a file of territories' borders back.
func (s *Store) Shapes(ctx context.Context, name string) (content []byte, err error) {
	const query = `
		SELECT content
		FROM map_shapes
		WHERE sha256 = $1`

	if err := s.db.GetContext(ctx, &content, query, name); err != nil {
		return nil, fmt.Errorf("the shapes %s: %w", name, kind(ctx, err))
	}
	return content, nil
}
