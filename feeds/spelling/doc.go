// Package spelling makes different spellings of one word equal: Fold for
// letters, digits and signs of every script; Groups, Readings and Nearest for
// names across scripts, by the catalogue and by their sound; Clitics for the
// forms of Arabic and Hebrew words; Language to tell which language a headline
// is in. It works on text only and knows neither articles nor queries; it never
// changes what is displayed.
package spelling
