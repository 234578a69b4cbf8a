import type {DomainDefinition, ImageDefinition} from '../../definition.ts';
import {DomainError} from '../../domain-error.ts';
import type {DomainDriver, GuestFacts, ManagedGuest} from '../../driver.ts';
import {imageDirectoryOf, type ImageFiles, imageFilesIn, imageHandle, isWhole, removeImage} from './image-files.ts';
import {readImage} from './image-manifest.ts';
import {openImageSource, readPageTypes} from './image-source.ts';
import {createImageTarget} from './image-target.ts';
import {countPages} from './page-types.ts';

/** A guest that came in any valid stream: held, inspected, sent on, saved; never run. */
export const imageDriver: DomainDriver = {
	kind: 'image',
	create: async () =>
		Promise.reject(new DomainError('ERR_NOT_SUPPORTED', 'an image is restored from a file or received, it cannot be created')),
	describe: async definition => Promise.resolve(definition),
	createTarget: async (definition, place) => createImageTarget(asImage(definition), place),
	openTarget: async () =>
		Promise.reject(
			new DomainError('ERR_NOT_SUPPORTED', 'what is known of the pages of half an image is kept by the process that receives it'),
		),
	openSource: async (definition, handle) => openImageSource(asImage(definition), imageHandle(handle)),
	manage: async (_definition, handle) => new ManagedImage(imageFilesIn(imageHandle(handle).directory)),
	/** Half an image is found, and removed, by whoever makes the next of its name. */
	endHalfMade: async () => Promise.resolve(false),
	isAlive: handle => handle.kind === 'files' && isWhole(imageFilesIn(handle.directory)),
	async remove(handle, place) {
		removeImage(imageFilesIn(handle.kind === 'files' ? handle.directory : imageDirectoryOf(place)));
	},
};

function asImage(definition: DomainDefinition): ImageDefinition {
	if (definition.kind !== 'image') throw new DomainError('ERR_NOT_SUPPORTED', `${definition.name} is no image but ${definition.kind}`);
	return definition;
}

class ManagedImage implements ManagedGuest {
	readonly #files: ImageFiles;

	constructor(files: ImageFiles) {
		this.#files = files;
	}

	async show(): Promise<GuestFacts> {
		const {definition, headers, staticRecords, deviceState} = readImage(this.#files);
		const {named, populated, withData} = countPages(readPageTypes(this.#files, definition.pfnLimit));
		return Promise.resolve({
			state: 'image',
			detail: {
				guestType: headers.guestType,
				streamVersion: headers.streamVersion,
				xenVersion: headers.xenVersion.join('.'),
				pagesNamed: named,
				pagesPopulated: populated,
				pagesWithData: withData,
				records: staticRecords.beforeEnd.length + staticRecords.afterEnd.length + deviceState.libxc.length + deviceState.libxl.length,
			},
		});
	}

	pause(): Promise<void> {
		return Promise.resolve();
	}

	/** No-op: an image never runs. */
	resume(): Promise<void> {
		return Promise.resolve();
	}

	check(): Promise<never> {
		return Promise.reject(new DomainError('ERR_NOT_SUPPORTED', 'an image has no program that could check its memory'));
	}

	destroy(): Promise<void> {
		removeImage(this.#files);
		return Promise.resolve();
	}

	[Symbol.asyncDispose](): Promise<void> {
		return Promise.resolve();
	}
}
