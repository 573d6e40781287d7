// Preloaded into the workstation: keeps a journal of every write to files under UNSYNCED_UNDER, with what was there
// before and what was written, until the file is synced. A power cut is then kill -9 plus taking back what the journal
// holds (power.ts). UNSYNCED_ARM is a file with an eight-byte number: when it is not 0 each write or sync counts it
// down, and at 0 the process is killed: after a write is journalled and done, or before a sync takes effect.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

enum { WRITE = 1, TRUNCATE = 2, SYNCED = 3 };
struct entry { uint32_t kind, path; uint64_t offset, before, after, size; };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static const char *under;
static size_t under_length;
static int journal = -1;
static volatile int64_t *armed;
static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static int (*real_ftruncate)(int, off_t);

__attribute__((constructor)) static void begin(void) {
  real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
  real_ftruncate = dlsym(RTLD_NEXT, "ftruncate64");
  under = getenv("UNSYNCED_UNDER");
  const char *journal_path = getenv("UNSYNCED_JOURNAL"), *arm_path = getenv("UNSYNCED_ARM");
  if (!under || !journal_path || !arm_path) return;
  under_length = strlen(under);
  journal = open(journal_path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  int arm = open(arm_path, O_RDWR | O_CLOEXEC);
  void *map = arm < 0 ? MAP_FAILED : mmap(NULL, 8, PROT_READ | PROT_WRITE, MAP_SHARED, arm, 0);
  armed = map == MAP_FAILED ? NULL : map;
  if (arm >= 0) close(arm);
}

static int tracked(int fd, char *path) {
  if (journal < 0 || !armed) return 0;
  char link[32] = "/proc/self/fd/";
  char digits[12];
  int n = 0;
  for (int rest = fd; n == 0 || rest > 0; rest /= 10) digits[n++] = (char)('0' + rest % 10);
  size_t at = strlen(link);
  while (n > 0) link[at++] = digits[--n];
  link[at] = 0;
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  if (length <= 0) return 0;
  path[length] = 0;
  // The index of the WAL is mapped memory, made anew after a crash.
  if (length > 4 && strcmp(path + length - 4, "-shm") == 0) return 0;
  return strncmp(path, under, under_length) == 0;
}

static void strike(void) {
  if (*armed > 0 && --*armed == 0) kill(getpid(), SIGKILL);
}

static void put(const void *bytes, size_t length) {
  while (length > 0) {
    ssize_t done = syscall(SYS_write, journal, bytes, length);
    if (done <= 0) abort();
    bytes = (const char *)bytes + done;
    length -= (size_t)done;
  }
}

static void note(uint32_t kind, int fd, const char *path, const void *bytes, size_t count, off_t offset) {
  struct stat now;
  if (fstat(fd, &now) != 0) abort();
  struct entry entry = {kind, (uint32_t)strlen(path), (uint64_t)offset, 0, count, (uint64_t)now.st_size};
  size_t there = kind == SYNCED || offset >= now.st_size ? 0 : (size_t)(now.st_size - offset);
  if (kind == WRITE && there > count) there = count;
  char *before = there > 0 ? malloc(there) : NULL;
  if (there > 0) {
    ssize_t got = syscall(SYS_pread64, fd, before, there, offset);
    // Files opened for writing only: what was there can't be read, so it is taken as empty.
    there = got < 0 ? 0 : (size_t)got;
  }
  entry.before = there;
  put(&entry, sizeof entry);
  put(path, entry.path);
  put(before, there);
  put(bytes, count);
  free(before);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off_t offset) {
  char path[PATH_MAX];
  if (!tracked(fd, path)) return real_pwrite(fd, bytes, count, offset);
  pthread_mutex_lock(&lock);
  note(WRITE, fd, path, bytes, count, offset);
  ssize_t done = real_pwrite(fd, bytes, count, offset);
  strike();
  pthread_mutex_unlock(&lock);
  return done;
}
ssize_t pwrite(int fd, const void *bytes, size_t count, off_t offset) { return pwrite64(fd, bytes, count, offset); }

int ftruncate64(int fd, off_t length) {
  char path[PATH_MAX];
  if (!tracked(fd, path)) return real_ftruncate(fd, length);
  pthread_mutex_lock(&lock);
  note(TRUNCATE, fd, path, NULL, 0, length);
  int done = real_ftruncate(fd, length);
  pthread_mutex_unlock(&lock);
  return done;
}
int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }

static int synced(int fd, long call) {
  char path[PATH_MAX];
  if (!tracked(fd, path)) return (int)syscall(call, fd);
  pthread_mutex_lock(&lock);
  strike();
  // Nothing reaches the platter: the journal decides what survives.
  note(SYNCED, fd, path, NULL, 0, 0);
  pthread_mutex_unlock(&lock);
  return 0;
}
int fsync(int fd) { return synced(fd, SYS_fsync); }
int fdatasync(int fd) { return synced(fd, SYS_fdatasync); }
