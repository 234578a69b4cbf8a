/*
 * A guest of one file, for tests of a machine and not of an operating system: booted as a multiboot kernel, it runs within half a second.
 * At each tick of its timer it rewrites pages of its arena and checks others against what it knows it wrote there. On its serial port:
 *
 *   COUNT n                 every fourth tick, n from 1 on; anew from 1 when it was reset
 *   OK sweep=s pages=p      each time it has checked the whole arena
 *   CORRUPT page=p has=h want=w   and it halts
 */
typedef unsigned int u32;
typedef unsigned char u8;

enum {
	SERIAL = 0x3f8,
	TICKS_PER_SECOND = 250,
	ARENA = 4 << 20, /* address, above this program */
	PAGES = 2048, /* 8 MiB */
	PAGE_WORDS = 1024,
	WRITES_PER_TICK = 8,
	CHECKS_PER_TICK = 32,
	TICKS_PER_LINE = 4,
};

/* Multiboot header: magic, flags (page-align modules), checksum. */
__attribute__((section(".multiboot"), used)) static const u32 multiboot[] = {0x1badb002, 1, -(0x1badb002u + 1)};

static u32 generation[PAGES];
static volatile u32 ticks;
static u32 random = 4711;

static inline void out(u32 port, u8 value) { __asm__ volatile("outb %0, %w1" : : "a"(value), "Nd"(port)); }
static inline u8 in(u32 port)
{
	u8 value;
	__asm__ volatile("inb %w1, %0" : "=a"(value) : "Nd"(port));
	return value;
}

static void put(char c)
{
	while (!(in(SERIAL + 5) & 0x20)) continue;
	out(SERIAL, c);
}

static void text(const char *s)
{
	while (*s) put(*s++);
}

static void number(u32 n)
{
	if (n >= 10) number(n / 10);
	put('0' + n % 10);
}

static u32 next_random(void)
{
	random ^= random << 13;
	random ^= random >> 17;
	random ^= random << 5;
	return random;
}

static volatile u32 *page_at(u32 page) { return (volatile u32 *)(ARENA + page * PAGE_WORDS * 4); }
static u32 word_of(u32 page, u32 at) { return (page * 2654435761u) ^ (generation[page] * 40503u) ^ at; }

static void halt(void)
{
	for (;;) __asm__ volatile("cli; hlt");
}

static void check(u32 page)
{
	for (u32 at = 0; at < PAGE_WORDS; at += 64) {
		u32 has = page_at(page)[at], want = word_of(page, at);
		if (has == want) continue;
		text("CORRUPT page="), number(page), text(" has="), number(has), text(" want="), number(want), text("\n");
		halt();
	}
}

static void write(u32 page)
{
	generation[page]++;
	for (u32 at = 0; at < PAGE_WORDS; at += 64) page_at(page)[at] = word_of(page, at);
}

struct gate { unsigned short low, selector, type, high; } __attribute__((packed));
static struct gate gates[256];
struct table { unsigned short limit; u32 base; } __attribute__((packed));

void on_tick(void);
/* The timer's interrupt: counted, and acknowledged at the interrupt controller. */
__asm__(".globl on_tick\non_tick:\n\tpush %eax\n\tincl ticks\n\tmov $0x20, %al\n\toutb %al, $0x20\n\tpop %eax\n\tiret");

static const unsigned long long segments[] = {0, 0x00cf9a000000ffffull, 0x00cf92000000ffffull};

static void start_timer(void)
{
	const struct table gdt = {sizeof segments - 1, (u32)segments}, idt = {sizeof gates - 1, (u32)gates};
	__asm__ volatile("lgdt %0\n\tljmp $8, $1f\n1:\tmov $16, %%eax\n\tmov %%eax, %%ds\n\tmov %%eax, %%es\n\tmov %%eax, %%ss" : : "m"(gdt) : "eax");
	gates[32] = (struct gate){(u32)on_tick & 0xffff, 8, 0x8e00, (u32)on_tick >> 16};
	__asm__ volatile("lidt %0" : : "m"(idt));
	/* Interrupts 0 to 7 at vector 32; only the timer's is let through. */
	out(0x20, 0x11), out(0x21, 32), out(0x21, 4), out(0x21, 1), out(0x21, 0xfe);
	out(0xa0, 0x11), out(0xa1, 40), out(0xa1, 2), out(0xa1, 1), out(0xa1, 0xff);
	/* The local APIC lets them through at its LINT0: not every firmware has set it so. */
	*(volatile u32 *)0xfee000f0 = 0x1ff;
	*(volatile u32 *)0xfee00350 = 0x700;
	u32 divisor = 1193182 / TICKS_PER_SECOND;
	out(0x43, 0x34), out(0x40, divisor & 0xff), out(0x40, divisor >> 8);
	__asm__ volatile("sti");
}

void run(void)
{
	u32 count = 0, sweep = 0, cursor = 0, seen = 0;
	for (u32 page = 0; page < PAGES; page++) write(page);
	start_timer();
	for (;;) {
		while (ticks == seen) __asm__ volatile("hlt");
		seen++;
		for (u32 i = 0; i < WRITES_PER_TICK; i++) {
			u32 page = next_random() % PAGES;
			check(page);
			write(page);
		}

		for (u32 i = 0; i < CHECKS_PER_TICK; i++) {
			check(cursor++);
			if (cursor < PAGES) continue;
			cursor = 0;
			text("OK sweep="), number(++sweep), text(" pages="), number(PAGES), text("\n");
		}

		if (seen % TICKS_PER_LINE == 0) text("COUNT "), number(++count), text("\n");
	}
}

static u8 stack[16384] __attribute__((aligned(16), used));
__asm__(".globl _start\n_start:\n\tcli\n\tlea stack + 16384, %esp\n\tcall run");
