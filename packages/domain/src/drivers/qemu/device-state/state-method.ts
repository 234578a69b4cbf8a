import {MAX_EMULATOR_CONTEXT_BYTES} from '@sterna/protocol';
import {DomainError} from '../../../domain-error.ts';
import type {QemuDefinition} from '../definition.ts';
import {otherRamBlocks} from '../likeness/memory-blocks.ts';
import {MAX_STATE_BYTES} from './state-stream.ts';

/**
 * How a guest's device state is saved and loaded; both hosts find the same. `devices`: without any memory. `migration`: with the RAM blocks beside the
 * guest's memory that the guest writes (a display's), of which there are some. `limitBytes`: most that it may have.
 */
export type StateMethod = {readonly by: 'devices' | 'migration'; readonly limitBytes: number};

/** Throws ERR_NOT_SUPPORTED where a definition does not say what its guest is like, and for blocks that no record could carry. */
export function stateMethodOf({name, likeness, memoryBackend}: QemuDefinition): StateMethod {
	if (likeness === undefined)
		throw new DomainError(
			'ERR_NOT_SUPPORTED',
			`the definition of ${name} does not say what the guest is like: it is completed when it is made`,
		);
	const others = otherRamBlocks(likeness.ramBlocks, memoryBackend.id);
	if (others.length === 0) return {by: 'devices', limitBytes: MAX_STATE_BYTES};
	// All blocks but the memory are carried, those too that QEMU would make anew.
	const blocks = likeness.ramBlocks.filter(block => block.name !== memoryBackend.id);
	const limitBytes = MAX_STATE_BYTES + blocks.reduce((sum, {bytes}) => sum + bytes, 0);
	if (limitBytes <= MAX_EMULATOR_CONTEXT_BYTES) return {by: 'migration', limitBytes};
	throw new DomainError(
		'ERR_NOT_SUPPORTED',
		`the guest's memory blocks ${others.map(block => block.name).join(', ')} do not fit the ${MAX_EMULATOR_CONTEXT_BYTES} bytes of a device state`,
	);
}
