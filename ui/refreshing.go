package ui

import (
	"context"
	"fmt"
	"time"

	"charm.land/bubbletea/v2"

	"sitrep/feeds"
	"sitrep/feeds/refresh"
)

// Refresher runs a refresh; the command line gives it its client and its rules.
type Refresher func(ctx context.Context, o refresh.Options) (refresh.Summary, error)

// refreshMsg asks for a refresh.
type refreshMsg struct{ only []feeds.FeedID }

func (r refreshMsg) apply(m *model) tea.Cmd {
	return m.startRefresh(refresh.Options{Only: r.only})
}

// refresh asks the open briefing or feed, or every feed; while a refresh runs
// it stops it.
func (m *model) refresh(all bool) tea.Cmd {
	if m.run.on {
		m.stopRefresh()
		return nil
	}
	o := refresh.Options{All: true}
	if it := m.side.current(); !all {
		switch it.kind {
		case sideBriefing:
			o.Briefings = []string{it.briefing}
		case sideFeed:
			o.Only = []feeds.FeedID{it.feed}
		}
	}
	return m.startRefresh(o)
}

func (m *model) stopRefresh() {
	if m.run.ours {
		m.run.stop()
		m.say("Stopping; what has arrived is stored.")
		return
	}
	m.say("Another sitrep refreshes this store; it can be stopped there.")
}

// refreshDue asks what is due, the open briefing first.
func (m *model) refreshDue() tea.Cmd { return m.startRefresh(refresh.Options{}) }

// refreshByClock asks what is due when it is time for that. It goes by the clock
// on the wall, so that a machine which slept does not wait for what is left of the
// interval; one that is set back starts the interval anew.
func (m *model) refreshByClock() tea.Cmd {
	if m.set.offline || m.set.every <= 0 {
		return nil
	}
	now := m.set.now().Round(0) // without the monotonic reading, which halts in sleep
	if m.asked.IsZero() || now.Before(m.asked) {
		m.asked = now
	}
	if now.Sub(m.asked) < m.set.every || m.run.on || len(m.over.Feeds) == 0 {
		return nil
	}
	m.asked = now
	cmd := m.startRefresh(refresh.Options{All: m.set.demo})
	m.run.quiet = true
	return cmd
}

func (m *model) startRefresh(o refresh.Options) tea.Cmd {
	if m.set.offline {
		m.say("Nothing is fetched: sitrep was started with --offline.")
		return nil
	}
	if m.run.on {
		return nil
	}
	if id := m.side.current().briefing; id != "" {
		o.First = []string{id}
	}
	ctx, stop := context.WithCancel(m.do.ctx)
	m.run = running{on: true, ours: true, stop: stop}
	return m.do.run(ctx, o)
}

// follow shows the refresh that another process runs.
func (m *model) follow() tea.Cmd {
	m.run = running{on: true}
	return m.do.watchRun()
}

// progressMsg is how far a refresh is; wait brings the next one.
type progressMsg struct {
	progress refresh.Progress
	saved    bool
	wait     tea.Cmd
}

func (r progressMsg) apply(m *model) tea.Cmd {
	m.run.progress = r.progress
	if r.saved && r.progress.AllPages > 0 { // full texts change rows
		return tea.Batch(r.wait, m.freshen(), m.do.overview)
	}
	if r.saved {
		return tea.Batch(r.wait, m.do.overview)
	}
	return r.wait
}

// refreshedMsg is the end of a refresh.
type refreshedMsg struct {
	summary refresh.Summary
	err     error
	quiet   bool // another process's: nothing to say
}

func (r refreshedMsg) apply(m *model) tea.Cmd {
	quiet := r.quiet || m.run.quiet
	m.run = running{}
	s := r.summary
	m.noNetwork = s.Offline
	switch {
	case quiet:
	case s.Offline:
		if m.over.All.Total > 0 { // an empty list says it itself
			m.warn("There is no network. Everything stored can be read and searched; " + m.keys.key(doRefreshAll) + " tries again.")
		}
	case r.err != nil && m.do.ctx.Err() == nil && r.err != context.Canceled:
		m.warn(sentence(r.err))
	case r.err != nil && s.Left > 0:
		m.say(fmt.Sprintf("Stopped: %s new, %s not asked.", number(s.New), feedCount(s.Left)))
	case s.Spent && s.Left == 0:
		m.say(fmt.Sprintf("Stopped at the limit of bytes for one run; %s new, some full texts are left for the next.", number(s.New)))
	case s.Spent:
		m.say(fmt.Sprintf("Stopped at the limit of bytes for one run; %s new, %s left.", number(s.New), feedCount(s.Left)))
	case s.Failed > 0:
		m.say(fmt.Sprintf("%s new%s; %d of %s gave nothing: %s tells why.", number(s.New), pagesOf(s), s.Failed, feedCount(s.Total), m.keys.key(doHealth)))
	case s.Total > 0 || s.Pages > 0:
		m.say(number(s.New) + " new from " + feedCount(s.Total) + pagesOf(s) + ".")
	}
	m.filling = m.filling && m.over.All.Total == 0
	return tea.Batch(m.do.overview, m.freshen(), m.fillWatches())
}

// run starts a refresh and brings its progress, one message after the other.
func (c commands) run(ctx context.Context, o refresh.Options) tea.Cmd {
	events := make(chan refresh.Event, 1)
	ended := make(chan refreshedMsg, 1)
	o.Now = c.now
	o.OnEvent = func(e refresh.Event) {
		select {
		case events <- e:
		case <-ctx.Done():
		}
	}
	var wait tea.Cmd
	wait = func() tea.Msg {
		select {
		case e := <-events:
			return progressMsg{e.Progress, e.Saved, wait}
		case r := <-ended:
			return r
		}
	}
	return func() tea.Msg {
		go func() {
			defer func() { // else the process dies and leaves the terminal raw
				if p := recover(); p != nil {
					ended <- refreshedMsg{err: fmt.Errorf("the refresh broke off: %v", p)}
				}
			}()
			s, err := c.refresh(ctx, o)
			ended <- refreshedMsg{summary: s, err: err}
		}()
		return wait()
	}
}

// watchRun shows another process's progress until its run ends.
func (c commands) watchRun() tea.Cmd {
	return tea.Tick(pollEvery/2, func(time.Time) tea.Msg {
		p, on, err := c.store.Running(c.ctx)
		if err != nil || !on {
			return refreshedMsg{quiet: true}
		}
		return progressMsg{p, true, c.watchRun()}
	})
}

// pagesOf says how many full texts a refresh brought, "" when none was wanted.
func pagesOf(s refresh.Summary) string {
	switch {
	case s.Pages == 0:
		return ""
	case s.Texts < s.Pages:
		return fmt.Sprintf("; %d full texts of %d pages", s.Texts, s.Pages)
	case s.Texts == 1:
		return "; 1 full text"
	}
	return fmt.Sprintf("; %d full texts", s.Texts)
}
