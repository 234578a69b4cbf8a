import {readFileSync, rmSync, statSync, truncateSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {driverFor, type GuestHandle, type GuestPlace, type ImageDefinition, PageBitmap} from '@sterna/domain';
import {imageFilesIn, imageHandle} from '../../../src/drivers/image/image-files.ts';
import {fillImage, smallImage} from '../../helpers/image-subject.ts';
import {newPlace} from '../../helpers/workshop.ts';

const driver = driverFor('image');

const makeImage = async (t: ExecutionContext): Promise<{definition: ImageDefinition; place: GuestPlace; handle: GuestHandle}> => {
	const [definition, place] = [smallImage('hvm'), newPlace(t)];
	await using target = await driver.createTarget(definition, place);
	await fillImage(target, 'hvm');
	return {definition, place, handle: target.handle};
};

test('every pfn that was named is sent, with a page or without, and no other', async t => {
	const {definition, place, handle} = await makeImage(t);
	await using source = await driver.openSource(definition, handle, place, {tracker: 'auto'});
	const pages = new PageBitmap(definition.pfnLimit);
	source.addAllPages(pages);
	const runs: Array<[number, number]> = [];
	for (let run = pages.nextRun(0, 2 ** 20); run; run = pages.nextRun(run.pfn + run.pageCount, 2 ** 20)) runs.push([run.pfn, run.pageCount]);
	t.deepEqual(runs, [
		[0, 0x1002],
		[0xf_ef00, 256],
	]);
	await using managed = await driver.manage(definition, handle, place);
	t.deepEqual(await managed.show(), {
		state: 'image',
		detail: {
			guestType: 'hvm',
			streamVersion: 3,
			xenVersion: '4.17',
			pagesNamed: 0x1002 + 256,
			pagesPopulated: 513,
			pagesWithData: 512,
			records: 6,
		},
	});
	await t.throwsAsync(managed.check(), {name: 'DomainError', code: 'ERR_NOT_SUPPORTED'});
});

test('an image takes no more room than its pages', async t => {
	const {handle} = await makeImage(t);
	const {size, blocks} = statSync(imageFilesIn(imageHandle(handle).directory).memory);
	t.is(size, 2 ** 32);
	t.true(blocks * 512 <= 2 * 2 ** 20 + 2 ** 20);
});

test('an image that never became whole is none, and makes room for the next', async t => {
	const [definition, place] = [smallImage('hvm'), newPlace(t)];
	const cutOff = await driver.createTarget(definition, place);
	await cutOff.memory.populate(0, 10);
	await cutOff[Symbol.asyncDispose]();
	t.false(driver.isAlive(cutOff.handle));
	await t.throwsAsync(driver.openSource(definition, cutOff.handle, place, {tracker: 'auto'}), {code: 'ERR_GUEST_EXITED'});
	await using next = await driver.createTarget(definition, place);
	t.deepEqual([...next.memory.populatedRuns()], []);
	await fillImage(next, 'hvm');
	t.true(driver.isAlive(next.handle));
	await t.throwsAsync(driver.createTarget(definition, place), {name: 'DomainError', code: 'ERR_DOMAIN_EXISTS'});
});

test('a later checkpoint replaces the device state', async t => {
	const [definition, place] = [smallImage('hvm'), newPlace(t)];
	await using target = await driver.createTarget(definition, place);
	await fillImage(target, 'hvm');
	const later = {libxc: [{layer: 'libxc' as const, type: 8, body: new Uint8Array(24)}], libxl: []};
	await target.loadDeviceState(later);
	await using source = await driver.openSource(definition, target.handle, place, {tracker: 'auto'});
	t.like(await source.saveDeviceState(), {libxl: []});
	t.is((await source.saveDeviceState()).libxc.length, 1);
});

test('an image whose files are damaged is refused', async t => {
	const damage: Array<(files: ReturnType<typeof imageFilesIn>) => void> = [
		({manifest}) => writeFileSync(manifest, '{'),
		({manifest}) => writeFileSync(manifest, '{"version": 1}'),
		({manifest}) => writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('"offset":0', '"offset":-1')),
		({records}) => truncateSync(records, 10),
		({records}) => rmSync(records),
		({pageTypes}) => writeFileSync(pageTypes, Buffer.alloc(10, 0x5)),
		({pageTypes}) => truncateSync(pageTypes, 2 ** 20 + 1),
	];
	for (const [index, change] of damage.entries()) {
		const {definition, place, handle} = await makeImage(t);
		change(imageFilesIn(imageHandle(handle).directory));
		await t.throwsAsync(
			driver.openSource(definition, handle, place, {tracker: 'auto'}),
			{name: 'DomainError', code: 'ERR_FILE'},
			`${index}`,
		);
	}

	const {definition, place, handle} = await makeImage(t);
	truncateSync(imageFilesIn(imageHandle(handle).directory).memory, 4096);
	await t.throwsAsync(driver.openSource(definition, handle, place, {tracker: 'auto'}), {name: 'DomainError', code: 'ERR_DOMAIN_STATE'});
});

test('an image is not created, does not fit everywhere, and takes its own kind of guest only', async t => {
	const place = newPlace(t);
	await t.throwsAsync(driver.create(smallImage('pv'), place, {paused: true}), {name: 'DomainError', code: 'ERR_NOT_SUPPORTED'});
	await t.throwsAsync(driver.createTarget({...smallImage('pv'), memoryBytes: 2 ** 50}, place), {code: 'ERR_MEMORY_INSUFFICIENT'});
	await t.throwsAsync(driver.createTarget({...smallImage('pv'), pfnLimit: 2 ** 32}, place), {code: 'ERR_NOT_SUPPORTED'});
	await using target = await driver.createTarget(smallImage('pv'), place);
	t.throws(() => target.acceptHeaders({guestType: 'hvm', streamVersion: 3, xenVersion: [4, 17], xlConfig: undefined}), {
		code: 'ERR_STREAM',
	});
	t.false(driver.isAlive({kind: 'files', directory: join(place.domainDir, 'elsewhere')}));
});
