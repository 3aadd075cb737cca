package ui

import "charm.land/bubbletea/v2"

// latinKeys gives the key of a US keyboard that a letter stands on in the
// Arabic (101), Persian (standard), Central Kurdish, Hebrew and Turkish Q
// layouts, so that single-letter keys work without switching the layout. A
// letter that two layouts place differently keeps the more widespread place.
var latinKeys = func() map[rune]rune {
	m := map[rune]rune{}
	for _, row := range [][2]string{
		{"קראטוןםפשדגכעיחלךףזסבהנמצתץ", "ertyuiopasdfghjkl;zxcvbnm,."}, // Hebrew
		{"ضصثقفغعهخحجدشسيبلاتنمكطئءؤرىةوزظ", "qwertyuiop[]asdfghjkl;'zxcvnm,./"},
		{"چگپژکی", "]'\\ckd"}, // Persian, where they differ from Arabic
		{"قوەرتیئحۆپاسدفگهژکلزخجڤبنم", "qwertyuiopasdfghjklzxcvbnm"},
		{"ığüşöçİ", "i[];,.i"}, // Turkish
		// Arabic with shift: the vowel signs and letters that stand on capitals.
		{"\u064e\u064b\u064f\u064c\u0625\u061b\u0650\u064d\u0623\u0640\u060c\u0652\u0622\u061f", "QWERYPASHJKXN?"},
		{"٠١٢٣٤٥٦٧٨٩", "0123456789"},
		{"۰۱۲۳۴۵۶۷۸۹", "0123456789"},
	} {
		from, to := []rune(row[0]), []rune(row[1])
		for i, r := range from {
			if _, set := m[r]; !set && i < len(to) {
				m[r] = to[i]
			}
		}
	}
	return m
}()

// keyOf names a key press for the key map: by the place on a US keyboard when
// the terminal reports it or the letter is known, else by what was typed.
func keyOf(k tea.KeyPressMsg) string {
	s := k.String()
	if k.Mod&^tea.ModShift != 0 || len(k.Text) < 2 || k.Text[0] < 0x80 {
		return s
	}
	if b := k.BaseCode; b != 0 && b < 0x80 {
		if k.Mod&tea.ModShift != 0 && b >= 'a' && b <= 'z' {
			b -= 'a' - 'A'
		}
		return string(b)
	}
	r := []rune(k.Text)
	if l, ok := latinKeys[r[0]]; ok && len(r) == 1 {
		return string(l)
	}
	return s
}
