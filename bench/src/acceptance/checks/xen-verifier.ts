import {createReadStream, createWriteStream} from 'node:fs';
import path from 'node:path';
import {pipeline} from 'node:stream/promises';
import {inspectStream, Lab, SHARED_DIRECTORY} from '@sterna/test-e2e';
import type {LabHost} from '@sterna/test-e2e';
import type {Check} from '../check.ts';
import {Guest} from '../guest.ts';
import {mustRun} from '../programs.ts';
import type {Detail, Steps} from '../steps.ts';

const GUEST = ['--memory', '128MiB', '--content', 'text', '--pattern', 'hot-set', '--hot', '16MiB', '--rate', '100MB/s'];

export const xenVerifier: Check = {
	name: 'xen-verifier',
	title: "Xen's own verify-stream-v2 accepts a saved guest, and the tee of a live migration in Xen's records",
	subject: 'files',
	async run(steps) {
		await steps.step('save', async () => {
			await using lab = await Lab.start({hosts: ['host-a']});
			const host = lab.host('host-a');
			await Guest.create(lab, host, 'dom1', GUEST);
			const file = path.join(host.directory, 'saved.xl');
			await host.mustCtl(['save', 'dom1', file]);
			return await verifyBothLayers(steps, host, file);
		});
		await steps.step('tee of a live migration', async () => {
			await using lab = await Lab.start({hosts: ['host-a', 'host-b']});
			const [hostA, hostB] = [lab.host('host-a'), lab.host('host-b')];
			const guest = await Guest.create(lab, hostA, 'dom1', GUEST);
			const file = path.join(hostA.directory, 'tee.xl');
			await guest.move(hostA, hostB, ['--stream=xen', '--tee', file]);
			await guest.mustBeIntactOn(hostB);
			return await verifyBothLayers(steps, hostA, file);
		});
	},
};

/** Gives a file to the verifier as it is, and once more without the xl header, as a bare libxl stream. */
async function verifyBothLayers(steps: Steps, host: LabHost, file: string): Promise<Detail> {
	const {records} = await inspectStream(host, file);
	const [xlHeader] = records;
	if (xlHeader?.name !== 'XL_HEADER') throw new Error(`${file} does not begin with an xl header`);
	const bare = `${file}.libxl`;
	await pipeline(createReadStream(file, {start: xlHeader.length}), createWriteStream(bare));
	const formats: string[] = [];
	for (const [format, stream] of [['xl', file] as const, ['libxl', bare] as const]) {
		const logFile = path.join(steps.directory, `${path.basename(file)}-${format}.log`);
		const verifier = path.join(SHARED_DIRECTORY, 'tools/xen-verify.sh');
		const {output} = await mustRun(verifier, [format, stream, '-v'], {cwd: host.directory, logFile});
		steps.say(`  ${path.basename(file)} as ${format}: accepted`);
		for (const line of output.trimEnd().split('\n')) steps.say(`    ${line}`);
		formats.push(format);
	}

	return {'accepted as': formats.join(' and '), records: records.length};
}
