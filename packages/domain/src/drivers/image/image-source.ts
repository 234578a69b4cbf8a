import {openSync} from 'node:fs';
import type {GuestType} from '@sterna/protocol';
import type {ImageDefinition} from '../../definition.ts';
import type {DirtyLog} from '../../dirty-log.ts';
import {DomainError} from '../../domain-error.ts';
import type {GuestMemory} from '../../guest-memory.ts';
import {mapGuestMemory} from '../../memory/map-guest-memory.ts';
import type {PageBitmap} from '../../page-bitmap.ts';
import type {DeviceState, GuestEvent, SourceDomain} from '../../source-domain.ts';
import {type ImageFiles, imageFilesIn, type ImageHandle, isWhole, removeImage} from './image-files.ts';
import {type ImageContent, readImage} from './image-manifest.ts';
import {addNamedPages, countPages, newPageTypes} from './page-types.ts';
import {readLimited} from './read-limited.ts';

/** Opens an image to be sent or saved. Throws ERR_GUEST_EXITED when it is gone, ERR_FILE when it is damaged. */
export function openImageSource(definition: ImageDefinition, {directory}: ImageHandle): SourceDomain {
	const files = imageFilesIn(directory);
	if (!isWhole(files)) throw new DomainError('ERR_GUEST_EXITED', `there is no whole image in ${directory}`);
	const content = readImage(files);
	if (content.definition.uuid !== definition.uuid)
		throw new DomainError('ERR_DOMAIN_STATE', `the image in ${directory} is that of another guest`);
	const {pfnLimit, memoryBytes} = content.definition;
	const pageTypes = readPageTypes(files, pfnLimit);
	const memory = mapGuestMemory({fd: openSync(files.memory, 'r'), pageLimit: pfnLimit, memoryBytes, writable: false});
	return new ImageSource(content, files, memory, pageTypes);
}

/** The types of an image's pages. Throws ERR_FILE. */
export function readPageTypes(files: ImageFiles, pfnLimit: number): Uint8Array<SharedArrayBuffer> {
	const pageTypes = newPageTypes(pfnLimit);
	pageTypes.set(readLimited(files.pageTypes, pfnLimit));
	countPages(pageTypes);
	return pageTypes;
}

class ImageSource implements SourceDomain {
	readonly memory: GuestMemory;
	readonly pageTypes: Uint8Array<SharedArrayBuffer>;
	/** Nothing ever happens to an image. */
	onGuestEvent: ((event: GuestEvent) => void) | undefined;
	readonly #content: ImageContent;
	readonly #files: ImageFiles;

	constructor(content: ImageContent, files: ImageFiles, memory: GuestMemory, pageTypes: Uint8Array<SharedArrayBuffer>) {
		this.#content = content;
		this.#files = files;
		this.memory = memory;
		this.pageTypes = pageTypes;
	}

	get name(): string {
		return this.#content.definition.name;
	}

	get definition(): ImageDefinition {
		return this.#content.definition;
	}

	get guestType(): GuestType {
		return this.#content.headers.guestType;
	}

	get xenVersion(): readonly [major: number, minor: number] {
		return this.#content.headers.xenVersion;
	}

	get streamVersion(): 2 | 3 {
		return this.#content.headers.streamVersion;
	}

	get staticRecords(): SourceDomain['staticRecords'] {
		return this.#content.staticRecords;
	}

	get xlConfig(): string {
		return this.#content.headers.xlConfig;
	}

	addAllPages(into: PageBitmap): void {
		addNamedPages(this.pageTypes, into);
	}

	startDirtyLog(): Promise<DirtyLog> {
		return Promise.resolve({kind: 'none', take: () => Promise.resolve(0), [Symbol.asyncDispose]: () => Promise.resolve()});
	}

	pause(): Promise<{readonly lastStepNs: bigint}> {
		return Promise.resolve({lastStepNs: process.hrtime.bigint()});
	}

	resume(): Promise<void> {
		return Promise.resolve();
	}

	saveDeviceState(): Promise<DeviceState> {
		return Promise.resolve(this.#content.deviceState);
	}

	async destroy(): Promise<void> {
		await this[Symbol.asyncDispose]();
		removeImage(this.#files);
	}

	/** Lets go of the image, which stays. Idempotent. */
	[Symbol.asyncDispose](): Promise<void> {
		this.onGuestEvent = undefined;
		this.memory[Symbol.dispose]();
		return Promise.resolve();
	}
}
