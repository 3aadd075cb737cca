package demo

import (
	"bytes"
	"encoding/binary"
	"hash/fnv"
	"image"
	"image/color"
	"image/png"
	"math"
)

func imagePath(name string) string { return "/images/" + name + ".png" }
func audioPath(name string) string { return "/audio/" + name + ".wav" }

// picture draws a small skyline below a sky; its name decides the shape and
// the hue. 320x180 pixels, some 300 bytes.
func picture(name string) []byte {
	h := fnv.New32a()
	h.Write([]byte(name))
	seed := h.Sum32()
	hue := func(shift uint32, low, span uint8) uint8 { return low + uint8(seed>>shift)%span }
	palette := color.Palette{
		color.RGBA{hue(0, 150, 90), hue(8, 160, 80), hue(16, 170, 80), 255}, // sky
		color.RGBA{245, hue(4, 190, 50), hue(12, 110, 90), 255},             // sun
		color.RGBA{hue(3, 30, 70), hue(9, 40, 70), hue(20, 50, 80), 255},    // houses
		color.RGBA{hue(5, 90, 60), hue(11, 90, 60), hue(22, 60, 60), 255},   // ground
	}
	img := image.NewPaletted(image.Rect(0, 0, 320, 180), palette)
	sunX, sunY := 40+int(seed%240), 30+int(seed>>10%30)
	for y := range 180 {
		for x := range 320 {
			roof := 70 + int((seed>>(x/20%16))%60)
			switch dx, dy := x-sunX, y-sunY; {
			case y >= 145:
				img.SetColorIndex(x, y, 3)
			case y >= roof && x%20 < 15:
				img.SetColorIndex(x, y, 2)
			case dx*dx+dy*dy < 300:
				img.SetColorIndex(x, y, 1)
			}
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		panic(err) // a buffer takes everything, and the image is valid
	}
	return b.Bytes()
}

const (
	wavRate    = 8000 // samples a second
	wavSamples = 2 * wavRate
	wavSize    = 44 + wavSamples // bytes of every recording
)

// recording is two seconds of a falling chime: WAV, mono, 8 bit.
func recording() []byte {
	b := make([]byte, 0, wavSize)
	le := binary.LittleEndian
	b = append(b, "RIFF"...)
	b = le.AppendUint32(b, wavSize-8)
	b = append(b, "WAVEfmt "...)
	b = le.AppendUint32(b, 16)
	b = le.AppendUint16(b, 1) // PCM
	b = le.AppendUint16(b, 1) // channels
	b = le.AppendUint32(b, wavRate)
	b = le.AppendUint32(b, wavRate) // bytes a second
	b = le.AppendUint16(b, 1)       // bytes a sample
	b = le.AppendUint16(b, 8)       // bits a sample
	b = append(b, "data"...)
	b = le.AppendUint32(b, wavSamples)
	for i := range wavSamples {
		t := float64(i) / wavRate
		pitch := 660.0
		if t >= 1 {
			pitch = 440
		}
		level := 90 * math.Exp(-3*math.Mod(t, 1))
		b = append(b, uint8(128+level*math.Sin(2*math.Pi*pitch*t)))
	}
	return b
}
