/** `struct user_regs_struct` of x86-64 as u64 words: index of each register that is used here. Linux asm/user_64.h. */
const Word = {
	r10: 7,
	r9: 8,
	r8: 9,
	rax: 10,
	rdx: 12,
	rsi: 13,
	rdi: 14,
	originalRax: 15,
	rip: 16,
	rsp: 19,
} as const;
const WORDS = 27;

/** Arguments of a system call, in their order. */
const ARGUMENTS = [Word.rdi, Word.rsi, Word.rdx, Word.r10, Word.r8, Word.r9] as const;

/** No system call is under way: the kernel restarts nothing when the thread runs on. */
const NO_CALL = 0xffff_ffff_ffff_ffffn;

/** The general registers of a thread of an x86-64 process. */
export class Registers {
	/** For `readRegisters` and `writeRegisters`; off the JavaScript heap. */
	readonly words = new BigUint64Array(new ArrayBuffer(WORDS * 8));

	get stackPointer(): bigint {
		return this.words[Word.rsp] ?? 0n;
	}

	get instructionPointer(): bigint {
		return this.words[Word.rip] ?? 0n;
	}

	/** What the system call just made returned: 0 or more, or −errno. */
	get result(): number {
		return Number(BigInt.asIntN(64, this.words[Word.rax] ?? 0n));
	}

	/** Copies all registers of another. */
	set(other: Registers): void {
		this.words.set(other.words);
	}

	/**
	 * The registers with which the thread makes a system call in its next step. Numbers are taken modulo 2^64.
	 * `callAddress`: where a `syscall` instruction is in its process.
	 */
	prepareCall(callAddress: number, callNumber: number, args: ReadonlyArray<bigint | number>): void {
		if (args.length > ARGUMENTS.length) throw new RangeError(`a system call has at most ${ARGUMENTS.length} arguments, not ${args.length}`);
		this.words[Word.rip] = BigInt(callAddress);
		this.words[Word.rax] = BigInt(callNumber);
		// Otherwise the kernel would take the call that the thread was stopped in for the one to restart.
		this.words[Word.originalRax] = NO_CALL;
		for (const [index, word] of ARGUMENTS.entries()) this.words[word] = BigInt(args[index] ?? 0);
	}
}
