package page

import (
	"strings"

	"sitrep/ui/text"
)

// matchShift is where the number of a match stands in a Style, above its marks.
const matchShift = 16

// Match returns the number of the match that text of this style belongs to,
// counted from 1 in the order of the document, 0 for none. A match can be several
// segments: of different styles, on two lines.
func (s Style) Match() int { return int(s>>matchShift) & (1<<(linkShift-matchShift) - 1) }

// Numbered is the style of match n.
func (s Style) Numbered(n int) Style { return s | Style(n)<<matchShift }

// Mark marks in the text of runs what o looks for, and numbers the matches of
// Hits from first on. A match may span runs; the numbers of links stand in none.
// It returns the runs and the number of the next match.
func (o Options) Mark(runs []text.Run, first int) ([]text.Run, int) {
	if o.Hits == nil && o.Watched == nil {
		return runs, first
	}
	s := joined(runs)
	if o.Watched != nil {
		runs = styled(runs, o.Watched(s), func(int) Style { return Watched })
	}
	if o.Hits != nil {
		hits := o.Hits(s)
		runs = styled(runs, hits, func(i int) Style { return Hit.Numbered(first + i) })
		first += len(hits)
	}
	return runs, first
}

// joined is the text of runs without the numbers of links.
func joined(runs []text.Run) string {
	if len(runs) == 1 && Style(runs[0].Style)&LinkRef == 0 {
		return runs[0].Text.String()
	}
	var b strings.Builder
	for _, r := range runs {
		if Style(r.Style)&LinkRef == 0 {
			b.WriteString(r.Text.String())
		}
	}
	return b.String()
}

// styled adds a style to the ranges of the joined text of runs, which stand in
// order and do not overlap.
func styled(runs []text.Run, ranges [][2]int, style func(i int) Style) []text.Run {
	if len(ranges) == 0 {
		return runs
	}
	out := make([]text.Run, 0, len(runs)+2*len(ranges))
	at, next := 0, 0 // where the run starts in the joined text; the range to look at
	for _, r := range runs {
		if Style(r.Style)&LinkRef != 0 {
			out = append(out, r)
			continue
		}
		s := r.Text.String()
		put := func(from, to, style int) {
			if from < to {
				out = append(out, text.Run{Text: r.Text.Slice(from, to), Style: style})
			}
		}
		done := 0
		for next < len(ranges) && ranges[next][0] < at+len(s) {
			from, to := max(done, ranges[next][0]-at), min(len(s), ranges[next][1]-at)
			put(done, from, r.Style)
			put(from, to, r.Style|int(style(next)))
			done = max(done, to)
			if ranges[next][1] > at+len(s) {
				break // it goes on in the next run
			}
			next++
		}
		put(done, len(s), r.Style)
		at += len(s)
	}
	return out
}
