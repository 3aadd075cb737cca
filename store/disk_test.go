package store

import (
	"sync"
	"testing"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/vfs"
)

// disk is a file system on which, from a certain write on, something is wrong.
type disk struct {
	vfs.VFSFilename
	mu     sync.Mutex
	writes int   // so far, syncs and cuts among them
	good   int   // so many work, all when negative
	fault  error // what the others return
	dead   bool  // reads fail, too: the process is as good as killed
	tries  int   // writes that failed
}

// newDisk registers a disk under the test's name.
func newDisk(t testing.TB) *disk {
	d := &disk{VFSFilename: vfs.Find("os").(vfs.VFSFilename), good: -1}
	vfs.Register(t.Name(), d)
	t.Cleanup(func() { vfs.Unregister(t.Name()) })
	return d
}

// fail lets good writes through and then returns fault.
func (d *disk) fail(good int, fault error, dead bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.writes, d.good, d.fault, d.dead, d.tries = 0, good, fault, dead, 0
}

func (d *disk) heal() { d.fail(-1, nil, false) }

// failed reports whether a write was refused.
func (d *disk) failed() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.tries > 0
}

func (d *disk) write() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.good >= 0 && d.writes >= d.good {
		d.tries++
		return d.fault
	}
	d.writes++
	return nil
}

func (d *disk) read() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.dead && d.good >= 0 && d.writes >= d.good {
		return sqlite3.IOERR_READ
	}
	return nil
}

func (d *disk) Open(name string, flags vfs.OpenFlag) (vfs.File, vfs.OpenFlag, error) {
	f, out, err := d.VFSFilename.Open(name, flags)
	return d.file(f), out, err
}

func (d *disk) OpenFilename(name *vfs.Filename, flags vfs.OpenFlag) (vfs.File, vfs.OpenFlag, error) {
	f, out, err := d.VFSFilename.OpenFilename(name, flags)
	return d.file(f), out, err
}

func (d *disk) Delete(name string, syncDir bool) error {
	if err := d.write(); err != nil {
		return err
	}
	return d.VFSFilename.Delete(name, syncDir)
}

func (d *disk) file(f vfs.File) vfs.File {
	if f == nil {
		return nil
	}
	return &diskFile{f, d}
}

type diskFile struct {
	vfs.File
	disk *disk
}

func (f *diskFile) ReadAt(p []byte, off int64) (int, error) {
	if err := f.disk.read(); err != nil {
		return 0, err
	}
	return f.File.ReadAt(p, off)
}

func (f *diskFile) WriteAt(p []byte, off int64) (int, error) {
	if err := f.disk.write(); err != nil {
		return 0, err
	}
	return f.File.WriteAt(p, off)
}

func (f *diskFile) Truncate(size int64) error {
	if err := f.disk.write(); err != nil {
		return err
	}
	return f.File.Truncate(size)
}

func (f *diskFile) Sync(flags vfs.SyncFlag) error {
	if err := f.disk.write(); err != nil {
		return err
	}
	return f.File.Sync(flags)
}

func (f *diskFile) SharedMemory() vfs.SharedMemory {
	if shared, ok := f.File.(vfs.FileSharedMemory); ok {
		return shared.SharedMemory()
	}
	return nil
}
