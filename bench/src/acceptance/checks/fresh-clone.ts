import path from 'node:path';
import type {Check} from '../check.ts';
import {Clone} from '../clone.ts';
import {mustRun} from '../programs.ts';

const RUNS = [
	{step: 'npm run demo, which installs first', args: ['run', 'demo'], log: 'demo-first.log'},
	{step: 'npm run demo, installed', args: ['run', 'demo'], log: 'demo-second.log'},
	{step: 'npm test', args: ['test'], log: 'test.log'},
] as const;

export const freshClone: Check = {
	name: 'fresh-clone',
	title: 'demo and tests pass in a clone of the last commit with nothing installed and all caches empty',
	subject: 'commit',
	async run(steps) {
		using clone = Clone.make();
		for (const {step, args, log} of RUNS) {
			await steps.step(step, async () => {
				const {output, seconds} = await mustRun('npm', args, {
					cwd: clone.checkout,
					env: clone.env,
					logFile: path.join(steps.directory, log),
				});
				const lines = output.split('\n').filter(line => line.trim() !== '' && !line.startsWith('npm notice'));
				return {seconds, 'last line': lines.at(-1) ?? ''};
			});
		}
	},
};
