package web
import ("testing";"regexp";"html";"strings";"os";"runtime/pprof";"runtime";"fmt")
func TestZZ(t *testing.T) {
	h := demoServer(t).Handler()
	link := regexp.MustCompile(`(?:href|src)="(/[^"#]*)`)
	seen, next := map[string]bool{"/fr/": true}, []string{"/fr/"}
	kinds := map[string]int{}
	bytes := map[string]int{}
	for len(next) > 0 {
		path := next[0]; next = next[1:]
		body := bodyOf(t, ask(t, h, "GET", path))
		k := regexp.MustCompile(`^/[a-z]+/[a-z]*|^/[a-z]*`).FindString(path)
		if strings.Contains(path,"?"){k+="?"}
		kinds[k]++; bytes[k]+=len(body)
		if strings.HasSuffix(path, ".svg") || !strings.HasPrefix(body, "<!") { continue }
		for _, found := range link.FindAllStringSubmatch(body, -1) {
			if to := html.UnescapeString(found[1]); !seen[to] { seen[to], next = true, append(next, to) }
		}
	}
	fmt.Println(kinds); fmt.Println(bytes)
	seen, next = nil, nil
	runtime.GC(); runtime.GC()
	var m runtime.MemStats; runtime.ReadMemStats(&m); fmt.Println(m.HeapAlloc>>20, m.HeapInuse>>20, m.StackInuse>>20, m.Sys>>20, m.HeapSys>>20, m.HeapReleased>>20, m.GCSys>>20)
	f,_ := os.Create("/tmp/heap.prof"); pprof.WriteHeapProfile(f); f.Close()
	_ = h
	runtime.KeepAlive(h)
}
