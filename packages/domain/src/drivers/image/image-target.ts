import {mkdirSync, openSync, rmSync, statfsSync} from 'node:fs';
import {open, rename} from 'node:fs/promises';
import {isOptionalRecordType, LibxcRecordType, PAGE_SIZE_BYTES, type RawRecord} from '@sterna/protocol';
import {resizeFile} from '@sterna/system';
import type {ImageDefinition} from '../../definition.ts';
import {DomainError} from '../../domain-error.ts';
import type {GuestPlace} from '../../driver.ts';
import type {GuestMemory} from '../../guest-memory.ts';
import {mapGuestMemory} from '../../memory/map-guest-memory.ts';
import type {DeviceState} from '../../source-domain.ts';
import type {StreamHeaders, TargetDomain} from '../../target-domain.ts';
import {formatXlConfig} from '../../xl-config.ts';
import {imageDirectoryOf, type ImageFiles, imageFilesIn, type ImageHandle, isWhole, removeImage, syncDirectory} from './image-files.ts';
import {formatImage, MAX_RECORDS} from './image-manifest.ts';
import {namedLength, newPageTypes} from './page-types.ts';

/** Makes the files of an image that is about to come in. Rejects ERR_DOMAIN_EXISTS, ERR_MEMORY_INSUFFICIENT when the file system is too full, ERR_NOT_SUPPORTED. */
export function createImageTarget(definition: ImageDefinition, place: GuestPlace): TargetDomain {
	const files = imageFilesIn(imageDirectoryOf(place));
	if (isWhole(files)) throw new DomainError('ERR_DOMAIN_EXISTS', `there is an image in ${files.directory} already`);
	const pageTypes = newPageTypes(definition.pfnLimit);
	// What an import that was cut off has left.
	removeImage(files);
	mkdirSync(files.directory, {recursive: true, mode: 0o700});
	try {
		assertRoom(files.directory, definition.memoryBytes);
		const fd = openSync(files.memory, 'wx+', 0o600);
		resizeFile(fd, definition.pfnLimit * PAGE_SIZE_BYTES);
		const memory = mapGuestMemory({fd, pageLimit: definition.pfnLimit, memoryBytes: definition.memoryBytes, writable: true});
		return new ImageTarget(definition, files, memory, pageTypes);
	} catch (error) {
		removeImage(files);
		throw error;
	}
}

function assertRoom(directory: string, memoryBytes: number): void {
	const {bavail, bsize} = statfsSync(directory);
	if (memoryBytes > bavail * bsize) {
		throw new DomainError(
			'ERR_MEMORY_INSUFFICIENT',
			`the image needs ${memoryBytes} bytes, the file system of ${directory} has ${bavail * bsize} left`,
		);
	}
}

class ImageTarget implements TargetDomain {
	readonly memory: GuestMemory;
	readonly pageTypes: Uint8Array<SharedArrayBuffer>;
	/** Files do not end by themselves. */
	readonly gone = new Promise<never>(() => {});
	readonly #definition: ImageDefinition;
	readonly #files: ImageFiles;
	readonly #beforeEnd: RawRecord[] = [];
	readonly #afterEnd: RawRecord[] = [];
	#headers: StreamHeaders | undefined;

	constructor(definition: ImageDefinition, files: ImageFiles, memory: GuestMemory, pageTypes: Uint8Array<SharedArrayBuffer>) {
		this.#definition = definition;
		this.#files = files;
		this.memory = memory;
		this.pageTypes = pageTypes;
	}

	get name(): string {
		return this.#definition.name;
	}

	get handle(): ImageHandle {
		return {kind: 'files', directory: this.#files.directory};
	}

	acceptHeaders(headers: StreamHeaders): void {
		if (headers.guestType !== this.#definition.guestType) {
			throw new DomainError(
				'ERR_STREAM',
				`the stream is of a ${headers.guestType.toUpperCase()} guest, its definition says ${this.#definition.guestType.toUpperCase()}`,
			);
		}

		this.#headers = headers;
		this.#beforeEnd.length = 0;
		this.#afterEnd.length = 0;
	}

	acceptStaticRecord(record: RawRecord): void {
		// What a reader may skip is not kept: to be sent on, it would have to be understood.
		if (isOptionalRecordType(record.type) || record.type === LibxcRecordType.STATIC_DATA_END) return;
		const list = record.type === LibxcRecordType.X86_PV_P2M_FRAMES ? this.#afterEnd : this.#beforeEnd;
		if (list.length >= MAX_RECORDS) throw new DomainError('ERR_STREAM', `the stream has more than ${MAX_RECORDS} static records`);
		list.push(record);
	}

	/** An image has no page tables of its own: it never runs. */
	warm(): Promise<void> {
		return Promise.resolve();
	}

	/** Makes the image durable, and then whole. May be called again, with the state of a later checkpoint. */
	async loadDeviceState(deviceState: DeviceState): Promise<void> {
		const {guestType} = this.#definition;
		const headers = this.#headers ?? {guestType, streamVersion: 3, xenVersion: [4, 17], xlConfig: undefined};
		const {manifest, records} = formatImage({
			definition: this.#definition,
			headers: {...headers, xlConfig: headers.xlConfig ?? formatXlConfig(this.#definition)},
			staticRecords: {beforeEnd: this.#beforeEnd, afterEnd: this.#afterEnd},
			deviceState,
		});
		const files = this.#files;
		await syncMapped(files.memory);
		// A copy: what is written must not be shared memory.
		await writeDurably(files.pageTypes, this.pageTypes.slice(0, namedLength(this.pageTypes)));
		await writeDurably(files.records, records);
		await writeDurably(`${files.manifest}.new`, Buffer.from(manifest));
		await rename(`${files.manifest}.new`, files.manifest);
		syncDirectory(files.directory);
	}

	resume(): Promise<{readonly firstStepNs: undefined}> {
		return Promise.resolve({firstStepNs: undefined});
	}

	async destroy(): Promise<void> {
		await this[Symbol.asyncDispose]();
		removeImage(this.#files);
	}

	/** Lets go of the image, whole or not. Idempotent. */
	[Symbol.asyncDispose](): Promise<void> {
		this.memory[Symbol.dispose]();
		return Promise.resolve();
	}
}

/** Writes back what was stored through a mapping of the file. */
async function syncMapped(path: string): Promise<void> {
	await using file = await open(path, 'r+');
	await file.sync();
}

async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
	rmSync(path, {force: true});
	await using file = await open(path, 'wx', 0o600);
	await file.writeFile(bytes);
	await file.sync();
}
