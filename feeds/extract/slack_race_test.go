//go:build race

package extract

// slack is how much slower than usual this build may be.
const slack = 20
