// Package spelling makes different spellings of one word equal: Fold for
// letters, digits and signs of every script, Skeleton for names across scripts,
// Language to tell which language a headline is in. It works on text only and
// knows neither articles nor queries; it never changes what is displayed.
package spelling
