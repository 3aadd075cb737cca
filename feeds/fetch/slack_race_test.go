//go:build race

package fetch

// slack is how many times longer a test may take under the race detector.
const slack = 10
