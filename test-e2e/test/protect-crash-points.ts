import test from 'ava';
import {type ProtectionCrash, protectionCrashAt} from '../src/protection/crash/protection-crash.ts';

/** One of each kind; `npm run acceptance -- protect-crash-matrix` goes through all of them. */
const SELECTION: readonly ProtectionCrash[] = [
	{point: 'source.send-standby-query.after', way: 'it restarts', after: 'host lost'},
	{point: 'standby.store-apply.middle', way: 'protect', after: 'restart'},
	{point: 'standby.journal-promoting.after', way: 'failover of a dead source', after: 'restart'},
	{point: 'standby.send-failover-wanted.after', way: 'failover that its standby wants', after: 'restart'},
];

for (const crash of SELECTION) {
	const {point, way, after} = crash;
	test.serial(
		`a daemon that dies at ${point} (${way}), and then ${after}: one copy of the guest is left, intact, and no line is out twice`,
		async t => {
			const {meanwhile, end, other, pagesChecked, lines, unheard} = await protectionCrashAt(crash);
			t.log(
				`meanwhile ${meanwhile}, in the end ${end} (other host: ${other}); ${pagesChecked} pages right, ${lines} lines once, ${unheard} unheard`,
			);
			t.true(pagesChecked > 0 && lines > 0);
		},
	);
}
