package web
import ("testing";"os";"time")
func TestZZ(t *testing.T){
	h := reportServer(t, "https://suivi.example.tn").Handler()
	for _, l := range []string{"fr","ar"} {
		for _, f := range []string{"report.html","report.html","report.pdf","annexes.xlsx",""} {
			at := time.Now()
			a := ask(t,h,"GET","/"+l+"/snapshots/2026-09/"+f)
			if f == "" { a = ask(t,h,"GET","/"+l+"/snapshots/2026-09") }
			b := bodyOf(t,a)
			t.Log(l,f,a.StatusCode,len(b),time.Since(at))
			os.WriteFile("/tmp/rep-"+l+"-"+f,[]byte(b),0o644)
		}
	}
}
