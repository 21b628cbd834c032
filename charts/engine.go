package charts

import (
	"context"
	_ "embed"
	"errors"
	"fmt"

	"github.com/dop251/goja"
)

//go:embed ssr.js
var ssr string

// maxDraws is after how many charts an engine is replaced by a fresh one, so that
// whatever a script keeps does not pile up.
const maxDraws = 1000

// An engine is one JavaScript machine with ECharts loaded. It draws one chart at
// a time.
type engine struct {
	vm    *goja.Runtime
	draw  goja.Callable
	draws int
}

// A script is ECharts and our few lines around it, compiled.
type script struct{ echarts, ssr *goja.Program }

func compile(echarts string) (script, error) {
	program, err := goja.Compile(Script, echarts, false)
	if err != nil {
		return script{}, fmt.Errorf("compiling %s: %w", Script, err)
	}
	ours, err := goja.Compile("ssr.js", ssr, true)
	if err != nil {
		return script{}, fmt.Errorf("compiling ssr.js: %w", err)
	}
	return script{program, ours}, nil
}

// newEngine loads ECharts into a machine that has no window, no clock to wait for
// and nothing of the outside world but the width of a text.
func newEngine(s script) (*engine, error) {
	vm := goja.New()
	ignore := func() int { return 0 }
	quiet := map[string]func(){}
	for _, level := range []string{"log", "warn", "error", "info"} {
		quiet[level] = func() {}
	}
	names := map[string]any{
		"self": vm.GlobalObject(), "global": vm.GlobalObject(), "console": quiet, "measure": measure,
		"setTimeout": ignore, "clearTimeout": ignore, "setInterval": ignore, "clearInterval": ignore,
	}
	for name, value := range names {
		if err := vm.Set(name, value); err != nil {
			return nil, fmt.Errorf("preparing the chart engine: %w", err)
		}
	}
	if _, err := vm.RunProgram(s.echarts); err != nil {
		return nil, fmt.Errorf("loading %s: %w", Script, err)
	}
	draw, err := vm.RunProgram(s.ssr)
	if err != nil {
		return nil, fmt.Errorf("loading ssr.js: %w", err)
	}
	call, callable := goja.AssertFunction(draw)
	if !callable {
		return nil, errors.New("ssr.js gives no function")
	}
	return &engine{vm: vm, draw: call}, nil
}

// svg draws a chart. After an error, or once the context is over, the engine is
// in an unknown state and must not be used again.
func (e *engine) svg(ctx context.Context, c Chart) (string, error) {
	e.draws++
	stop := context.AfterFunc(ctx, func() { e.vm.Interrupt(ctx.Err()) })
	drawn, err := e.draw(goja.Undefined(), e.vm.ToValue(string(c.Option)), e.vm.ToValue(c.Width), e.vm.ToValue(c.Height))
	if interrupted := !stop(); interrupted {
		return "", fmt.Errorf("drawing chart %s: %w", c.Name, context.Cause(ctx))
	}
	if err != nil {
		return "", fmt.Errorf("drawing chart %s: %w", c.Name, err)
	}
	return drawn.String(), nil
}
