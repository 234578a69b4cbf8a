import {readFileSync} from 'node:fs';
import path from 'node:path';
import type {LabHost} from '@sterna/test-e2e';

const LINE = /^LINE \d+ step=(?<step>\d+) .*\bns=(?<ns>\d+)$/gm;

type Moment = {readonly step: number; readonly ns: bigint};

/** How far a workload guest had come at the moments of its lines, by its own clock: what holds a line back, or shows it late, does not matter. */
export class GuestSteps {
	readonly #moments: readonly Moment[];

	private constructor(moments: readonly Moment[]) {
		this.#moments = moments;
	}

	/** Of all lines that the guest has on a host. */
	static of(host: LabHost, domain: string): GuestSteps {
		const text = readFileSync(path.join(host.files.state, 'domains', domain, 'output'), 'utf8');
		return new GuestSteps(
			Array.from(text.matchAll(LINE), ({groups}) => ({step: Number(groups?.['step']), ns: BigInt(groups?.['ns'] ?? 0)})),
		);
	}

	/** Steps a second between two moments of CLOCK_MONOTONIC (`process.hrtime.bigint()`). Throws where there are too few lines between them. */
	perSecond(fromNs: bigint, toNs: bigint): number {
		const inside = this.#moments.filter(({ns}) => ns >= fromNs && ns <= toNs);
		const [first, last] = [inside[0], inside.at(-1)];
		if (first === undefined || last === undefined || last.ns - first.ns < (toNs - fromNs) / 2n)
			throw new Error(`${inside.length} lines of the guest in ${Number(toNs - fromNs) / 1e9} s`);
		return (last.step - first.step) / (Number(last.ns - first.ns) / 1e9);
	}
}
