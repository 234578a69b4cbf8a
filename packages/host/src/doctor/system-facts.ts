import {readFileSync} from 'node:fs';
import {access, constants, readFile} from 'node:fs/promises';
import {availableParallelism, release} from 'node:os';
import process from 'node:process';
import {assertOpenSsl, availableCodecs, hasXxh3} from '@sterna/system';
import {CAP_SYS_PTRACE, type CoreFacts, type LibraryFacts, type LimitFacts, type PtraceFacts, type VersionFacts} from './judge-system.ts';

/** Version of Linux's release text, whose first two numbers count. */
export function versionFacts(software: string): VersionFacts {
	return {software, node: process.versions.node, kernel: release()};
}

export function libraryFacts({tls}: {readonly tls: boolean}): LibraryFacts {
	return {codecs: availableCodecs(), xxh3: hasXxh3(), openssl: tls ? whyNoOpenSsl() : undefined};
}

/** Of this process. */
export async function limitFacts(): Promise<LimitFacts> {
	const [, soft = ''] = /^Max open files\s+(\S+)/m.exec(await readFile('/proc/self/limits', 'utf8')) ?? [];
	return {openFiles: soft === 'unlimited' ? Infinity : Number(soft)};
}

export function coreFacts(workers: number | undefined): CoreFacts {
	return {cores: availableParallelism(), workers};
}

/** `programs`: of QEMU, as configured. */
export async function ptraceFacts(programs: Iterable<string>): Promise<PtraceFacts> {
	const installed = await Promise.all(
		[...programs].map(async program =>
			access(program, constants.X_OK).then(
				() => true,
				() => false,
			),
		),
	);
	return {hasQemu: installed.includes(true), scope: ptraceScope(), hasCapability: hasCapability(CAP_SYS_PTRACE)};
}

/** Of the Yama module; undefined where the kernel has it not. */
function ptraceScope(): number | undefined {
	try {
		return Number(readFileSync('/proc/sys/kernel/yama/ptrace_scope', 'latin1'));
	} catch {
		return undefined;
	}
}

function hasCapability(bit: number): boolean {
	const [, effective = '0'] = /^CapEff:\s+([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'latin1')) ?? [];
	return ((BigInt(`0x${effective}`) >> BigInt(bit)) & 1n) === 1n;
}

function whyNoOpenSsl(): string | undefined {
	try {
		assertOpenSsl();
		return undefined;
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
}
