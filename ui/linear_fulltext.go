package ui

// fullText gets the page of the article that is read and prints its full text;
// once that is stored, it prints the other of the two texts.
func (l *linear) fullText() {
	if !l.reading() {
		return
	}
	id := l.shown.id
	switch {
	case l.shown.stored.HTML != "":
		l.feed[id] = l.shown.full
		if l.shown.full {
			l.say("The text as the feed gave it; x prints the full text.")
		}
		l.read(l.at)
	case l.shown.article.Link == "":
		l.say("This article has no link, so there is no page to get.")
	case l.set.offline || l.do.pages == nil:
		if r := l.do.wantPage(id, "Nothing is fetched now")().(wantedMsg); !l.fail(r.err) {
			l.say(queued(r.why))
		}
	default:
		l.say("Getting the article's page.")
		l.flush()
		r := l.do.getPage(l.do.ctx, id, false)().(pageMsg)
		said, _ := r.outcome()
		l.say(said)
		if r.err == nil {
			l.read(l.at)
		}
	}
}
