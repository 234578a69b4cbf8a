import test from 'ava';
import {type AfterCrash, crashAt} from '../src/crash/crash-run.ts';

/** One of each kind; `npm run acceptance -- crash-matrix` goes through all of them. */
const SELECTION: ReadonlyArray<readonly [Parameters<typeof crashAt>[0], AfterCrash]> = [
	['source.journal-go.after', 'restart'],
	['source.send-go.after', 'stay down'],
	['source.journal-given-back.after', 'restart'],
	['target.journal-receiving.before', 'restart'],
	['target.outcome-running.before', 'restart'],
	['target.outcome-running.after', 'stay down'],
];

for (const [point, after] of SELECTION) {
	test.serial(`a daemon that dies at ${point}, and is to ${after}, leaves one copy of the guest, intact`, async t => {
		const {meanwhile, end, pagesChecked, lines} = await crashAt(point, after);
		t.log(`meanwhile ${meanwhile}, in the end ${end}; ${pagesChecked} pages right, ${lines} lines once`);
		t.true(pagesChecked > 0 && lines > 0);
	});
}
