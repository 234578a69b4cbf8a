import {isDeepStrictEqual} from 'node:util';
import {GOLDENS, type GoldenName, Lab, moveGolden} from '@sterna/test-e2e';
import type {Check} from '../check.ts';
import type {Detail} from '../steps.ts';

export const goldensMove: Check = {
	name: 'goldens-move',
	title: "each of a real Xen's streams, restored as an image, sent to another host and saved there, has the same records and memory",
	subject: 'files',
	async run(steps) {
		for (const name of GOLDENS) await steps.step(name, async () => move(name));
	},
};

async function move(name: GoldenName): Promise<Detail> {
	await using lab = await Lab.start({hosts: ['host-a', 'host-b']});
	const {file, expected, found} = await moveGolden(name, lab.host('host-a'), lab.host('host-b'));
	if (found.memory === undefined || !isDeepStrictEqual(found.memory, expected.memory))
		throw new Error(`memory: expected ${JSON.stringify(expected.memory)}, found ${JSON.stringify(found.memory)}`);
	if (!isDeepStrictEqual(found.records, expected.records))
		throw new Error(`records: expected ${JSON.stringify(expected.records)}, found ${JSON.stringify(found.records)}`);
	await lab.host('host-b').mustCtl(['stream', 'verify', file]);
	return {'equal records': found.records.length, 'pages with data': found.memory.pages, 'memory sum': found.memory.sha256};
}
