package cli

import (
	"fmt"
	"os"
	"path/filepath"

	"sitrep/store"
	"sitrep/store/config"
)

// explainSecrecy tells whether the store is encrypted, and what somebody who has
// the disk can read all the same.
func (a *app) explainSecrecy(s session) error {
	dir := s.paths.Store
	if !s.Encrypted() {
		fact(a, "encrypted", "no: whoever has this disk can read the store and its backups; sitrep encrypt changes that")
		return nil
	}
	key := s.KeyFile()
	fact(a, "encrypted", "yes: articles, marks, subscriptions, rules and search index, the journal and new backups (Adiantum, pages of 4 kB; who can write to the disk is not kept from swapping old pages in)")
	fact(a, "key", "%s, wrapped by the pass phrase (Argon2id, %d MB, %d passes), which comes from %s", key.Path, key.Memory>>20, key.Passes, a.passphraseSource(s))
	if s.settings.LockAfter > 0 {
		fact(a, "lock", "the reader locks after %v without a key", s.settings.LockAfter)
	} else {
		fact(a, "lock", "only by :lock in the reader; lock_after in the settings does it when nobody is there")
	}
	for _, what := range a.inTheClear(s) {
		fact(a, "in clear", "%s", what)
	}
	plain, err := store.PlainCopies(dir)
	for _, c := range plain {
		fact(a, "in clear", "the whole of %s, a copy from before; sitrep encrypt removes it", c.Path)
	}
	return err
}

// passphraseSource says where the pass phrase comes from.
func (a *app) passphraseSource(s session) string {
	switch {
	case len(s.settings.KeyCommand) > 0:
		return "key_command in the settings (" + filepath.Base(s.settings.KeyCommand[0]) + ")"
	case s.KeyFile().InKeyring:
		return "the system's keyring"
	}
	return "whoever types it"
}

// inTheClear lists what is not encrypted, or cannot be.
func (a *app) inTheClear(s session) []string {
	var out []string
	if exists(s.paths.Settings) {
		out = append(out, "the settings, "+s.paths.Settings)
	}
	if own, _ := filepath.Glob(filepath.Join(s.paths.Briefings, "*.toml")); len(own) > 0 {
		out = append(out, fmt.Sprintf("%s of your own, in %s", count(len(own), "briefing", "briefings"), s.paths.Briefings))
	}
	if file := config.PlainSecrets(s.paths.Store); file != "" {
		out = append(out, "what sitrep feeds set keeps secret, "+file+"; sitrep encrypt ends that")
	}
	if exists(s.paths.Log) {
		out = append(out, "the log, "+s.paths.Log)
	}
	return append(out,
		"names, sizes and times of the files, and when they change: how much you read, not what",
		"towards the network: which hosts your feeds are on, and when you ask them (proxy in the settings hides that)",
		"what the terminal keeps of its screen, the shell of its commands, and what you copy, export or open in a browser",
	)
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
