import {mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {driverFor, type GuestPlace} from '@sterna/domain';
import {transfer} from '../../src/contract/transfer.ts';
import {linesOf, smallWorkload, withClient} from './workload-subject.ts';

// Moves a guest from one place to another and prints how that went: run by a test as another user.
const directory = mkdtempSync(join(tmpdir(), 'sterna-user-'));
const newPlace = (name: string): GuestPlace => {
	const place = {domainDir: join(directory, name), runDir: join(directory, name, 'run'), outputFile: join(directory, `${name}.output`)};
	mkdirSync(place.runDir, {recursive: true});
	return place;
};

const driver = driverFor('workload');
const definition = smallWorkload();
const [here, there] = [newPlace('here'), newPlace('there')];
const handle = await driver.create(definition, here, {paused: false});
const source = await driver.openSource(definition, handle, here, {tracker: 'auto'});
const target = await driver.createTarget(definition, there);
try {
	const {tracking} = await withClient({definition, handle}, async client => client.request('show'));
	const log = await source.startDirtyLog();
	const tracker = log.kind;
	await log[Symbol.asyncDispose]();
	await transfer(source, target, {rounds: 3});
	await target.resume();
	await using managed = await driver.manage(definition, target.handle, there);
	const {badPages} = await managed.check();
	await managed.pause();
	const lines = [...linesOf(here.outputFile), ...linesOf(there.outputFile)];
	const inOrder = lines.every((line, index) => line === index + 1);
	console.log(JSON.stringify({uid: process.getuid?.(), tracking, tracker, badPages, lines: inOrder ? 'without gap or repeat' : lines}));
} finally {
	await source.destroy();
	await target.destroy();
	rmSync(directory, {recursive: true});
}
