package child

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"time"
)

// MaxOutput is how much of a program's output is kept, in bytes; the rest is read
// and dropped, so that the program does not wait for a reader.
const MaxOutput = 64 << 10

// grace is how long output is waited for that children of a program which has
// ended still hold open.
const grace = time.Second

// Run gives a program its standard input and returns the first MaxOutput bytes of
// what it printed, on standard output and standard error alike. When the deadline
// has passed or ctx ends, the program and all that it started in its session are
// killed. The error is a sentence for people.
func Run(ctx context.Context, argv []string, input []byte, deadline time.Duration) ([]byte, error) {
	limited, stop := context.WithTimeout(ctx, deadline)
	defer stop()
	cmd := exec.CommandContext(limited, argv[0], argv[1:]...)
	Own(cmd)
	out := &kept{}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(input), out, out
	cmd.WaitDelay = grace
	err := cmd.Run()
	var exit *exec.ExitError
	var missing *exec.Error
	switch {
	case ctx.Err() != nil:
		return out.bytes, ctx.Err()
	case limited.Err() != nil:
		return out.bytes, fmt.Errorf("the command %s did not end within %v and was stopped", argv[0], deadline)
	case errors.Is(err, exec.ErrWaitDelay):
		return out.bytes, nil // what it started goes on by itself
	case errors.As(err, &exit):
		return out.bytes, fmt.Errorf("the command %s failed (%v)", argv[0], exit)
	case errors.As(err, &missing):
		return nil, fmt.Errorf("the command %s cannot be run: %v", argv[0], missing.Err)
	case err != nil && cmd.ProcessState == nil:
		return nil, fmt.Errorf("the command %s cannot be run: %v", argv[0], err)
	}
	return out.bytes, nil // a program may leave its input unread
}

// kept keeps the beginning of what is written to it.
type kept struct{ bytes []byte }

func (k *kept) Write(p []byte) (int, error) {
	k.bytes = append(k.bytes, p[:min(len(p), MaxOutput-len(k.bytes))]...)
	return len(p), nil
}
