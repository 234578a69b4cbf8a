/**
 * `npm test [-- [--verbose] [--peer] [PACKAGE…]]`: every package's tests, then the end-to-end ones, one package at a time.
 * `--peer` runs the tests that need another project's software instead (`*.peer.ts`). PACKAGE is a folder's name.
 * The last line is `N passed, N failed`. Exit status 1 when anything failed or no test was found.
 */
import path from 'node:path';
import {parseArgs} from 'node:util';
import {endedByForce, endProcessWhenDone, failureBesidesTests, TapTally} from '../packages/test-process/src/index.ts';
import {runTool} from './run-tool.ts';
import {packageFolders, ROOT, testFiles} from './workspace.ts';

const AVA = path.join(ROOT, 'node_modules/ava/entrypoints/cli.js');

const {values: flags, positionals} = parseArgs({
	options: {verbose: {type: 'boolean', short: 'v', default: false}, peer: {type: 'boolean', default: false}},
	allowPositionals: true,
});

async function testPackage(folder: string, files: readonly string[]): Promise<TapTally> {
	const name = path.basename(folder);
	const startedMs = performance.now();
	const seconds = (): string => `${((performance.now() - startedMs) / 1000).toFixed(1)} s`;
	const isWatched = process.stdout.isTTY && !flags.verbose;
	const tally = new TapTally({
		onResult(passed, title) {
			if (flags.verbose) console.log(`  ${passed ? '✔' : '✘'} ${title}`);
			if (isWatched) process.stdout.write(`\r\u001B[K${name.padEnd(14)}${tally.passed} passed, ${tally.failed} failed so far`);
		},
	});
	if (flags.verbose) console.log(name);
	// Without Maglev, as all that must end: docs/adr/0001-toolchain.md.
	const {status, output} = await runTool(process.execPath, ['--no-maglev', AVA, '--tap', ...files], {
		cwd: path.join(ROOT, folder),
		onText: text => tally.push(text),
	});
	tally.end();
	const failure = failureBesidesTests({name, status, output}, tally);
	if (failure !== undefined) {
		tally.failed += 1;
		tally.failures.push(failure);
	}

	if (isWatched) process.stdout.write('\r\u001B[K');
	console.log(
		`${name.padEnd(14)}${String(tally.passed).padStart(6)} passed ${String(tally.failed).padStart(4)} failed ${seconds().padStart(9)}`,
	);
	for (const remark of endedByForce(output)) console.log(`\n! ${remark}\n`);
	for (const text of tally.failures) console.log(`\n✘ ${name}: ${text}\n`);
	return tally;
}

const wanted = packageFolders().filter(folder => positionals.length === 0 || positionals.includes(path.basename(folder)));
const sum = {passed: 0, failed: 0};
for (const folder of wanted) {
	const files = testFiles(folder, flags.peer ? 'peer' : 'own');
	if (files.length === 0) continue;
	const {passed, failed} = await testPackage(folder, files);
	sum.passed += passed;
	sum.failed += failed;
}

console.log(`${sum.passed} passed, ${sum.failed} failed`);
process.exitCode = sum.failed === 0 && sum.passed > 0 ? 0 : 1;
endProcessWhenDone();
