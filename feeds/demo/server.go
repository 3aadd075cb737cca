package demo

import (
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"slices"
	"time"

	"sitrep/feeds"
)

// preferred is tried first, so that links stay the same when a kept store
// (`sitrep demo --keep DIR`) meets the samples again; any free port will do.
const preferred = "127.0.0.1:18573"

// slowness is how long the slow source takes to answer.
const slowness = 2500 * time.Millisecond

// Server answers the samples' feeds. Its methods may be called from several
// goroutines.
type Server struct {
	url     string
	now     time.Time        // what the articles' dates are relative to
	clock   func() time.Time // says how much has been revealed
	start   time.Time        // by clock
	delay   time.Duration    // of the slow source
	address string           // that it must have, "" for any
	sources []*source

	http *http.Server
	done chan struct{} // closed when the listener has ended
	stop func() bool   // detaches from the context
}

// Feed is a sample feed and the briefings that own it; a feed without
// briefings is a general one, which the routing rules distribute.
type Feed struct {
	feeds.Feed
	Briefings []string
}

// Option changes how Serve behaves; tests need it, the program does not.
type Option func(*Server)

// WithClock sets the clock that reveals later articles. Only the time since
// Serve matters, not the date.
func WithClock(clock func() time.Time) Option {
	return func(s *Server) { s.clock = clock }
}

// WithDelay sets how long the slow source takes, 2.5 s otherwise.
func WithDelay(d time.Duration) Option {
	return func(s *Server) { s.delay = d }
}

// WithAddress names the host and port that the samples had before and must have
// again, so that a kept store knows them; Serve fails when it is taken.
func WithAddress(address string) Option {
	return func(s *Server) { s.address = address }
}

// Serve starts answering on loopback, with articles dated relative to now.
// Equal values of now give equal texts and times. It ends with ctx or Close.
func Serve(ctx context.Context, now time.Time, options ...Option) (*Server, error) {
	sources, err := readAll()
	if err != nil {
		return nil, err
	}
	s := &Server{
		now: now.Truncate(time.Second), clock: time.Now, delay: slowness,
		sources: sources, done: make(chan struct{}),
	}
	for _, option := range options {
		option(s)
	}
	listener, err := listen(s.address)
	if err != nil {
		return nil, fmt.Errorf("listen on loopback: %w", err)
	}
	s.url = "http://" + listener.Addr().String()
	s.start = s.clock()
	s.http = &http.Server{
		Handler:           s.handler(),
		ReadHeaderTimeout: 10 * time.Second,
		// The reader owns the terminal: nothing may be written to it.
		ErrorLog: log.New(io.Discard, "", 0),
	}
	go func() {
		defer close(s.done)
		_ = s.http.Serve(listener) // always an error, after Close an expected one
	}()
	s.stop = context.AfterFunc(ctx, func() { _ = s.http.Close() })
	return s, nil
}

// listen takes the wanted address, or the preferred one if it is free.
func listen(wanted string) (net.Listener, error) {
	if wanted != "" {
		return net.Listen("tcp", wanted)
	}
	if l, err := net.Listen("tcp", preferred); err == nil {
		return l, nil
	}
	return net.Listen("tcp", "127.0.0.1:0")
}

// Close stops the server and drops its connections. It may be called twice.
func (s *Server) Close() error {
	s.stop()
	err := s.http.Close()
	<-s.done
	return err
}

// URL returns the server's address without a slash at its end; a page there
// lists the sample sources.
func (s *Server) URL() string { return s.url }

// Feeds lists every sample feed, the failing ones included, in a fixed order.
func (s *Server) Feeds() []Feed {
	list := make([]Feed, len(s.sources))
	for i, src := range s.sources {
		list[i] = Feed{
			Feed: feeds.Feed{
				URL:    s.url + src.feedPath(),
				Title:  src.title,
				Source: src.name,
				Site:   s.url + src.sitePath(),
				Lang:   src.lang,
			},
			Briefings: slices.Clone(src.briefings),
		}
	}
	return list
}

// Briefings returns the catalogue ids of the briefings that the samples have
// something for: those to subscribe in a demo.
func (s *Server) Briefings() []string {
	return []string{
		"iraq", "gulf", "israel", "palestine", "turkey", "iran", "kurdistan",
		"security", "business-tech", "oil-gas", "supply-chain", "banking",
	}
}
