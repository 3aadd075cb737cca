package ptytest

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"time"
	"unsafe"
)

// Terminal is a pseudo-terminal (pty(7)). Close ends it.
type Terminal struct {
	Program *os.File // the side of the program that is tested

	person *os.File
	mu     sync.Mutex
	out    bytes.Buffer
}

// Open makes a terminal of width by height cells.
func Open(width, height int) (*Terminal, error) {
	person, err := os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		return nil, fmt.Errorf("open terminal: %w", err)
	}
	var number, locked int32
	if err := control(person, syscall.TIOCSPTLCK, unsafe.Pointer(&locked)); err != nil {
		return nil, err
	}
	if err := control(person, syscall.TIOCGPTN, unsafe.Pointer(&number)); err != nil {
		return nil, err
	}
	program, err := os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		return nil, fmt.Errorf("open terminal: %w", err)
	}
	t := &Terminal{Program: program, person: person}
	go t.read()
	return t, t.Resize(width, height)
}

func control(f *os.File, request uintptr, arg unsafe.Pointer) error {
	conn, err := f.SyscallConn() // not Fd, after which Close waits for Read
	if err != nil {
		return fmt.Errorf("set up terminal: %w", err)
	}
	var errno syscall.Errno
	if err := conn.Control(func(fd uintptr) { _, _, errno = syscall.Syscall(syscall.SYS_IOCTL, fd, request, uintptr(arg)) }); err != nil {
		return fmt.Errorf("set up terminal: %w", err)
	}
	if errno != 0 {
		return fmt.Errorf("set up terminal: %w", errno)
	}
	return nil
}

func (t *Terminal) read() {
	buf := make([]byte, 64<<10)
	for {
		n, err := t.person.Read(buf)
		t.mu.Lock()
		t.out.Write(buf[:n])
		t.mu.Unlock()
		if err != nil {
			return
		}
	}
}

// Output is what was sent to the terminal so far.
func (t *Terminal) Output() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.out.String()
}

// Forget drops the output so far.
func (t *Terminal) Forget() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.out.Reset()
}

// Settled waits until nothing was sent for the time quiet, or for ten seconds.
func (t *Terminal) Settled(quiet time.Duration) {
	last, since := -1, time.Now()
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end) && time.Since(since) < quiet; time.Sleep(5 * time.Millisecond) {
		if n := len(t.Output()); n != last {
			last, since = n, time.Now()
		}
	}
}

// Answered types keys and waits until something is sent, ten seconds at most.
func (t *Terminal) Answered(keys string) error {
	before := len(t.Output())
	if err := t.Type(keys); err != nil {
		return err
	}
	for range 2000 {
		if len(t.Output()) > before {
			return nil
		}
		time.Sleep(5 * time.Millisecond)
	}
	return fmt.Errorf("type %q: nothing comes of it", keys)
}

// Type sends keys, as bytes.
func (t *Terminal) Type(s string) error {
	_, err := t.person.WriteString(s)
	return err
}

// Resize tells the program another size.
func (t *Terminal) Resize(width, height int) error {
	size := [4]uint16{uint16(height), uint16(width)}
	return control(t.Program, syscall.TIOCSWINSZ, unsafe.Pointer(&size))
}

// Modes are the modes of the line discipline, as stty prints them.
func (t *Terminal) Modes() (m syscall.Termios, err error) {
	err = control(t.Program, syscall.TCGETS, unsafe.Pointer(&m))
	return m, err
}

// Start runs a command with this as its controlling terminal, as the leader of a
// session of its own.
func (t *Terminal) Start(cmd *exec.Cmd) error {
	cmd.Stdin, cmd.Stdout, cmd.Stderr = t.Program, t.Program, t.Program
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	return cmd.Start()
}

// HangUp closes the person's side, as a lost connection does.
func (t *Terminal) HangUp() { t.person.Close() }

// Close ends the terminal.
func (t *Terminal) Close() {
	t.person.Close()
	t.Program.Close()
}
