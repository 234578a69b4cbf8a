/* A boot sector that writes to memory for ever: at each tick of a 1000 Hz timer WRITES dwords at pseudo-random places of REGION_BYTES
 * (a power of two) from 16 MiB on. Each dword is another one than stood there, so that a page which was written differs. */
	.code16
	.globl _start
_start:
	cli
	xorw %ax, %ax
	movw %ax, %ds
	movw %ax, %es
	movw %ax, %ss
	movw $0x7c00, %sp
	inb $0x92, %al		/* A20 */
	orb $2, %al
	outb %al, $0x92
	lgdtl gdt_pointer
	movl %cr0, %eax		/* Into protected mode and back: DS keeps its 4 GiB limit. */
	orl $1, %eax
	movl %eax, %cr0
	movw $8, %bx
	movw %bx, %ds
	andb $0xfe, %al
	movl %eax, %cr0
	movb $0x34, %al		/* Timer 0, rate generator: 1193182 Hz / 1193. */
	outb %al, $0x43
	movb $0xa9, %al
	outb %al, $0x40
	movb $0x04, %al
	outb %al, $0x40
	movw $on_tick, %es:0x20	/* Interrupt 8 is the timer's; ours does nothing but acknowledge. */
	movw $0, %es:0x22
	movb $0xfe, %al		/* No other interrupt. */
	outb %al, $0x21
	sti
	movl $1, %eax
tick:
	movl $WRITES, %ecx
next:
	imull $1664525, %eax, %eax	/* The generator of Numerical Recipes: its upper bits choose the place. */
	addl $1013904223, %eax
	movl %eax, %edi
	shrl $4, %edi
	andl $(REGION_BYTES - 4), %edi
	incl 0x1000000(%edi)
	decl %ecx
	jnz next
	hlt
	jmp tick
on_tick:
	pushw %ax
	movb $0x20, %al
	outb %al, $0x20
	popw %ax
	iret

	.balign 8
gdt:
	.quad 0
	.quad 0x00cf92000000ffff	/* Flat data, 4 GiB. */
gdt_pointer:
	.word 15
	.long gdt
	.org 510
	.word 0xaa55
