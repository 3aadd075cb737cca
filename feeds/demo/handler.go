package demo

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"hash/fnv"
	"net/http"
	"strings"
	"time"
)

// handler maps addresses to answers: a list of sources at the top, below each
// source its home page, its feed and its articles, and beside them the media.
func (s *Server) handler() http.Handler {
	mux := http.NewServeMux()
	images := make(map[string]bool)
	sounds := make(map[string]bool)
	for _, src := range s.sources {
		mux.HandleFunc("GET "+src.feedPath(), func(w http.ResponseWriter, r *http.Request) { s.serveFeed(w, r, src) })
		mux.HandleFunc("GET "+src.sitePath()+"{$}", func(w http.ResponseWriter, r *http.Request) { s.servePage(w, r, s.homePage(src)) })
		for _, a := range src.articles {
			if a.home != src {
				continue
			}
			mux.HandleFunc("GET "+a.path(), func(w http.ResponseWriter, r *http.Request) { s.serveArticle(w, r, a) })
			for line := range strings.Lines(a.body) {
				if name := firstImage(line); name != "" {
					images[name] = true
				}
			}
			if a.audio != "" {
				sounds[a.audio] = true
			}
		}
	}
	for name := range images {
		mux.HandleFunc("GET "+imagePath(name), func(w http.ResponseWriter, r *http.Request) {
			s.serveBytes(w, r, "image/png", s.now, picture(name))
		})
	}
	for name := range sounds {
		mux.HandleFunc("GET "+audioPath(name), func(w http.ResponseWriter, r *http.Request) {
			s.serveBytes(w, r, "audio/wav", s.now, recording())
		})
	}
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) { s.servePage(w, r, s.frontPage()) })
	return mux
}

// elapsed is how long the server has run, by its clock.
func (s *Server) elapsed() time.Duration { return s.clock().Sub(s.start) }

func (s *Server) serveFeed(w http.ResponseWriter, r *http.Request, src *source) {
	if src.slow {
		select {
		case <-time.After(s.delay):
		case <-r.Context().Done(): // the client left, or the server closed
			return
		}
	}
	if src.status != 0 {
		http.Error(w, http.StatusText(src.status), src.status)
		return
	}
	shot := s.snapshot(src, s.elapsed())
	f := formats[src.format]
	body, err := f.print(shot)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	s.serveBytes(w, r, f.media, shot.changed, body)
}

func (s *Server) serveArticle(w http.ResponseWriter, r *http.Request, a *article) {
	elapsed := s.elapsed()
	if a.when.reveal > elapsed {
		http.NotFound(w, r)
		return
	}
	s.servePage(w, r, s.articlePage(a, elapsed))
}

func (s *Server) servePage(w http.ResponseWriter, r *http.Request, page string) {
	s.serveBytes(w, r, "text/html; charset=utf-8", time.Time{}, []byte(page))
}

// serveBytes answers with a body, compressed if the client takes gzip, or with
// 304 if the client has it (RFC 9110, section 13). The validator is a weak one,
// as it is the same with and without compression.
func (s *Server) serveBytes(w http.ResponseWriter, r *http.Request, media string, changed time.Time, body []byte) {
	h := fnv.New64a()
	h.Write(body)
	head := w.Header()
	head.Set("Content-Type", media)
	head.Set("ETag", fmt.Sprintf(`W/"%016x"`, h.Sum64()))
	head.Set("Vary", "Accept-Encoding")
	head.Set("Cache-Control", "no-cache") // ask again; the answer may have grown
	if acceptsGzip(r) && !strings.HasPrefix(media, "image/") {
		head.Set("Content-Encoding", "gzip")
		body = compress(body)
	}
	r.Header.Del("Range") // parts of a compressed body are of no use
	http.ServeContent(w, r, "", changed, bytes.NewReader(body))
}

func acceptsGzip(r *http.Request) bool {
	for part := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		name, weight, _ := strings.Cut(strings.TrimSpace(part), ";")
		if name == "gzip" && strings.TrimSpace(weight) != "q=0" {
			return true
		}
	}
	return false
}

func compress(body []byte) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write(body) // a buffer takes everything
	_ = z.Close()
	return b.Bytes()
}
