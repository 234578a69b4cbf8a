/** `npm run acceptance -- repeat | bitflips | fresh-clone`: checks that take too long for CI. They keep a log, and go on where they were interrupted. */
import {Command} from 'commander';
import {bitflips} from './bitflips.ts';
import {freshClone} from './fresh-clone.ts';
import {repeat} from './repeat.ts';

const program = new Command('npm run acceptance --').description(
	'Long checks. Each keeps a log in .acceptance/, and goes on where it was interrupted.',
);
const finish = (isGood: boolean): void => {
	console.log(isGood ? 'all as it must be' : 'not as it must be: see above');
	process.exitCode = isGood ? 0 : 1;
};
program
	.command('repeat')
	.description('a guest of 1 GiB that dirties 200 MB/s over 64 MiB migrates many times in a row')
	.option('--runs <n>', 'how many times', Number, 50)
	.action(async ({runs}: {runs: number}) => finish(await repeat({runs})));
program
	.command('bitflips')
	.description('streams of a real Xen, cut anywhere or with any one bit turned, are never taken for right')
	.action(async () => finish(await bitflips()));
program
	.command('fresh-clone')
	.description('demo and tests in a fresh clone with empty caches')
	.action(async () => finish(await freshClone()));
await program.parseAsync();
