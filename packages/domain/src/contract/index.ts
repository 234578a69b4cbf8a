import type {TestFn} from 'ava';
import type {ContractPart} from './declare.ts';
import {testEnds} from './end-tests.ts';
import {testGate} from './gate-tests.ts';
import {testMemory} from './memory-tests.ts';
import {testRunning} from './running-tests.ts';
import type {ContractSubject} from './subject.ts';
import {testTransfer} from './transfer-tests.ts';
import {Workshop} from './workshop.ts';

export type {ContractGuest, ContractSubject} from './subject.ts';

/** Declares the tests that every driver must pass, once with each of its trackers. Guests of 16 to 64 MiB are large enough. */
export function testDomainContract(test: TestFn, subject: ContractSubject): void {
	for (const tracker of subject.trackers) {
		const part: ContractPart = {
			subject,
			tracker,
			declare: (title, run) => {
				// One after the other: each makes several processes.
				test.serial(`${subject.title}, tracker ${tracker}: ${title}`, async t => {
					await using workshop = new Workshop(subject);
					await run(t, workshop);
				});
			},
		};
		testMemory(part);
		testTransfer(part);
		testEnds(part);
		if (subject.running) testRunning(part, subject.running);
		if (subject.gated) testGate(part, subject.gated);
	}
}
