//go:build !race

package fetch

// slack is how many times longer than usual a test may take.
const slack = 1
