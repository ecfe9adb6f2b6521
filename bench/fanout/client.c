// A neutral crowd of WebSocket viewers in one epoll thread: connects, counts what is told, and measures how late.
//
// It knows nothing of the server it talks to. Targets (one request path a line) come from a file; a message carries
// the moment it was sent as "@#" and nineteen digits of CLOCK_MONOTONIC nanoseconds. With -s each message is said by
// the next viewer in turn as a chat message; without, by one more connection to the publisher's path (-u).
//
//   client -p PORT -t TARGETS [-z STALLED] [-s | -u PATH] [-b BYTES]
//
// The last STALLED targets connect, take little and never read. Orders come on stdin, one a line:
//   run RATE SECONDS | hold SECONDS | quit
// Each is answered by one line of JSON.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MARK = 21, BUFFER = 1 << 18, SLOTS = 1 << 20, AT_ONCE = 64, EVENTS = 1024, PATH = 1024, TOLD = 4096, AWAKE_S = 10 };
enum state { ASKING, ASKED, LIVE, GONE };
struct viewer { int fd; enum state state; int carried; char carry[MARK]; };

static struct viewer *viewers;
static char (*targets)[PATH];
static int total, stalled, port, speaking, publisher = -1, epoll, told_bytes = 200;
static uint32_t *late;  // in hundredths of a millisecond
static uint64_t heard, latest, gone, refused;
static char buffer[BUFFER + MARK];

static uint64_t now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static void die(const char *what) { perror(what); exit(1); }

static int dial(int narrow) {
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), one = 1, small = 2048;
    if (fd < 0) die("socket");
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (narrow) setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
    struct sockaddr_in there = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    there.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(fd, (struct sockaddr *)&there, sizeof there) < 0 && errno != EINPROGRESS) die("connect");
    return fd;
}

static void put(int fd, const char *data, size_t size) {
    while (size) {
        ssize_t sent = send(fd, data, size, MSG_NOSIGNAL);
        if (sent < 0 && errno == EAGAIN) { usleep(100); continue; }
        if (sent < 0) return;
        data += sent;
        size -= (size_t)sent;
    }
}

static void ask(int fd, const char *path) {
    char request[PATH + 512];
    int size = snprintf(request, sizeof request,
        "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: http://bench\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n", path);
    put(fd, request, (size_t)size);
}

// One masked text frame; a mask of zeros leaves the words as they are.
static void tell(int fd, const char *words, int size) {
    char frame[TOLD + 8];
    int head = 0;
    frame[head++] = (char)0x81;
    if (size < 126) frame[head++] = (char)(0x80 | size);
    else { frame[head++] = (char)0xfe; frame[head++] = (char)(size >> 8); frame[head++] = (char)(size & 255); }
    memset(frame + head, 0, 4);
    memcpy(frame + head + 4, words, (size_t)size);
    put(fd, frame, (size_t)(head + 4 + size));
}

static void say(uint64_t number) {
    char words[TOLD];
    int size;
    if (speaking) {
        struct viewer *v = &viewers[number % (uint64_t)(total - stalled)];
        if (v->state != LIVE) return;
        size = snprintf(words, sizeof words,
            "{\"t\":\"say\",\"k\":\"00000000-0000-4000-8000-%012llx\",\"text\":\"@#%019llu\",\"media\":null}",
            (unsigned long long)(number & 0xffffffffffffu), (unsigned long long)now());
        tell(v->fd, words, size);
        return;
    }
    size = snprintf(words, sizeof words, "{\"m\":\"@#%019llu\",\"p\":\"", (unsigned long long)now());
    memset(words + size, 'x', (size_t)(told_bytes - size - 2));
    memcpy(words + told_bytes - 2, "\"}", 2);
    tell(publisher, words, told_bytes);
}

static void note(const char *digits, uint64_t at) {
    uint64_t sent = 0;
    for (int i = 0; i < 19; i++) sent = sent * 10 + (uint64_t)(digits[i] - '0');
    uint64_t slot = at > sent ? (at - sent) / 10000 : 0;
    late[slot < SLOTS ? slot : SLOTS - 1]++;
    if (slot > latest) latest = slot;
    heard++;
}

// Finds the marks, also one that was cut in two between reads.
static void read_words(struct viewer *v, char *words, size_t size, uint64_t at) {
    char *p = words, *end = words + size;
    v->carried = 0;
    while ((p = memchr(p, '@', (size_t)(end - p)))) {
        if (end - p < MARK) {
            v->carried = (int)(end - p);
            memcpy(v->carry, p, (size_t)v->carried);
            return;
        }
        if (p[1] == '#') { note(p + 2, at); p += MARK; } else p++;
    }
}

static void lose(struct viewer *v, uint64_t *counter) {
    epoll_ctl(epoll, EPOLL_CTL_DEL, v->fd, 0);
    close(v->fd);
    v->state = GONE;
    (*counter)++;
}

static void listen_to(struct viewer *v) {
    for (int turn = 0; turn < 4; turn++) {
        memcpy(buffer, v->carry, (size_t)v->carried);
        ssize_t got = recv(v->fd, buffer + v->carried, BUFFER, 0);
        if (got < 0 && errno == EAGAIN) return;
        if (got <= 0) { lose(v, &gone); return; }
        read_words(v, buffer, (size_t)got + (size_t)v->carried, now());
        if (got < BUFFER) return;
    }
}

static void watch(struct viewer *v, uint32_t events, int operation) {
    struct epoll_event wanted = {.events = events, .data.ptr = v};
    if (epoll_ctl(epoll, operation, v->fd, &wanted) < 0) die("epoll_ctl");
}

static void greet(struct viewer *v, int *settled) {
    ssize_t got = recv(v->fd, buffer, 4096, 0);
    buffer[got > 0 ? got : 0] = 0;
    (*settled)++;
    if (got <= 0 || !strstr(buffer, " 101 ")) {
        if (!refused) fprintf(stderr, "refused: %.200s\n", buffer);
        lose(v, &refused);
        return;
    }
    v->state = LIVE;
    if (v - viewers >= total - stalled) epoll_ctl(epoll, EPOLL_CTL_DEL, v->fd, 0);
}

// A browser answers pings; an unasked pong now and then (RFC 6455, 5.5.3) says the same without reading frames.
static void stay_awake(void) {
    static uint64_t last;
    static double owed;
    static int next;
    uint64_t at = now();
    owed += last ? (double)(at - last) / 1e9 * total / AWAKE_S : 0;
    if (owed > total) owed = total;
    for (last = at; owed >= 1; owed -= 1, next = (next + 1) % (total - stalled))
        if (viewers[next].state == LIVE) put(viewers[next].fd, "\x8a\x80\0\0\0\0", 6);
}

static int look(int wait_ms, int *settled) {
    static struct epoll_event events[EVENTS];
    stay_awake();
    int ready = epoll_wait(epoll, events, EVENTS, wait_ms);
    for (int i = 0; i < ready; i++) {
        struct viewer *v = events[i].data.ptr;
        if (!v) { if (recv(publisher, buffer, BUFFER, 0) == 0) die("the publisher was hung up on"); }
        else if (v->state == ASKING) { ask(v->fd, targets[v - viewers]); v->state = ASKED; watch(v, EPOLLIN, EPOLL_CTL_MOD); }
        else if (v->state == ASKED) greet(v, settled);
        else if (v->state == LIVE) listen_to(v);
    }
    return ready;
}

static void connect_all(void) {
    int begun = 0, settled = 0;
    while (settled < total) {
        while (begun < total && begun - settled < AT_ONCE) {
            struct viewer *v = &viewers[begun];
            v->fd = dial(begun >= total - stalled);
            watch(v, EPOLLOUT, EPOLL_CTL_ADD);
            begun++;
        }
        if (look(10000, &settled) == 0) { fprintf(stderr, "%d of %d connected\n", settled, total); exit(1); }
    }
}

static void connect_publisher(const char *path) {
    publisher = dial(0);
    usleep(50000);
    ask(publisher, path);
    for (int i = 0; i < 200; i++) {
        usleep(10000);
        ssize_t got = recv(publisher, buffer, 4096, 0);
        if (got > 0 && (buffer[got] = 0, strstr(buffer, " 101 "))) {
            struct epoll_event wanted = {.events = EPOLLIN, .data.ptr = 0};
            epoll_ctl(epoll, EPOLL_CTL_ADD, publisher, &wanted);
            return;
        }
    }
    die("the publisher was not let in");
}

static double quantile(double share) {
    uint64_t wanted = (uint64_t)((double)heard * share), seen = 0;
    for (int slot = 0; slot < SLOTS; slot++) if ((seen += late[slot]) > wanted) return slot / 100.0;
    return -1;
}

static double cpu_s(void) {
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    return (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) + (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

static int open_of(int from, int to) {
    int open = 0;
    for (int i = from; i < to; i++) {
        struct tcp_info told;
        socklen_t size = sizeof told;
        open += viewers[i].state == LIVE && !getsockopt(viewers[i].fd, IPPROTO_TCP, TCP_INFO, &told, &size)
            && told.tcpi_state == TCP_ESTABLISHED;
    }
    return open;
}

static void run(double rate, double seconds, uint64_t *number) {
    memset(late, 0, SLOTS * sizeof *late);
    heard = latest = 0;
    uint64_t said = 0, began = now(), end = began + (uint64_t)(seconds * 1e9);
    double cpu = cpu_s();
    int live = open_of(0, total - stalled), ignored = 0;
    for (uint64_t at; (at = now()) < end;) {
        while (rate > 0 && said < (uint64_t)((double)(at - began) / 1e9 * rate) + 1) { say((*number)++); said++; }
        look(1, &ignored);
    }
    double took = (double)(now() - began) / 1e9;
    uint64_t in_time = heard;
    for (uint64_t most = now() + 2000000000u; now() < most && heard < said * (uint64_t)live;) look(5, &ignored);
    printf("{\"seconds\":%.3f,\"said\":%llu,\"live\":%d,\"heard\":%llu,\"heard_in_time\":%llu,\"p50_ms\":%.2f,\"p99_ms\":%.2f,"
        "\"max_ms\":%.2f,\"client_cpu_s\":%.3f,\"gone\":%llu,\"stalled_open\":%d}\n", took, (unsigned long long)said, live,
        (unsigned long long)heard, (unsigned long long)in_time, quantile(0.5), quantile(0.99), (double)latest / 100.0,
        cpu_s() - cpu, (unsigned long long)gone, open_of(total - stalled, total));
    fflush(stdout);
}

static void read_targets(const char *name) {
    FILE *file = fopen(name, "r");
    if (!file) die(name);
    char row[PATH];
    size_t room = 0;
    while (fgets(row, sizeof row, file)) {
        row[strcspn(row, "\n")] = 0;
        if ((size_t)total == room) targets = realloc(targets, (room = room ? room * 2 : 1024) * sizeof *targets);
        memcpy(targets[total++], row, sizeof row);
    }
    fclose(file);
}

int main(int count, char **words) {
    const char *publish_to = 0;
    for (int option; (option = getopt(count, words, "p:t:z:u:b:s")) > 0;) {
        if (option == 'p') port = atoi(optarg);
        else if (option == 't') read_targets(optarg);
        else if (option == 'z') stalled = atoi(optarg);
        else if (option == 'u') publish_to = optarg;
        else if (option == 'b') told_bytes = atoi(optarg);
        else if (option == 's') speaking = 1;
        else return 2;
    }
    late = calloc(SLOTS, sizeof *late);
    viewers = calloc((size_t)total, sizeof *viewers);
    epoll = epoll_create1(0);
    uint64_t began = now(), number = began;
    connect_all();
    if (publish_to) connect_publisher(publish_to);
    printf("{\"connected\":%d,\"refused\":%llu,\"seconds\":%.3f}\n", total - (int)refused, (unsigned long long)refused,
        (double)(now() - began) / 1e9);
    fflush(stdout);
    char order[128];
    double rate, seconds;
    while (fgets(order, sizeof order, stdin)) {
        if (sscanf(order, "run %lf %lf", &rate, &seconds) == 2) run(rate, seconds, &number);
        else if (sscanf(order, "hold %lf", &seconds) == 1) run(0, seconds, &number);
        else break;
    }
    return 0;
}
