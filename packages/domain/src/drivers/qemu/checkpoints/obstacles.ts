import type {QemuDefinition} from '../definition.ts';
import {stateMethodOf} from '../device-state/state-method.ts';
import {otherRamBlocks} from '../likeness/memory-blocks.ts';

/** Why a standby's disk would not be that of the last checkpoint, by how the disk is shared; undefined where it would. */
const DISKS: Readonly<Record<QemuDefinition['disks'][number]['sharing'], string | undefined>> = {
	shared: 'is shared: the standby would find in it what the guest wrote behind the last checkpoint',
	mirror:
		'is mirrored write by write and not checkpoint by checkpoint: the standby would find in it what the guest wrote behind the last one',
	replicated: undefined,
	'read-only': undefined,
};

/**
 * What keeps a standby of a guest from being in step with it, a sentence each, with its cure. Networks are none: their output is held in QEMU, and whoever could get past it
 * (vhost) is in no definition. Throws as `stateMethodOf`.
 */
export function checkpointObstacles(definition: QemuDefinition): readonly string[] {
	return [...memoryObstacles(definition), ...diskObstacles(definition)];
}

function memoryObstacles(definition: QemuDefinition): string[] {
	if (stateMethodOf(definition).by === 'devices') return [];
	const blocks = otherRamBlocks(definition.likeness?.ramBlocks ?? [], definition.memoryBackend.id).map(({name}) => name);
	return [
		`it writes memory beside its main one (${blocks.join(', ')}), whose changes nobody tracks (cure: make it without a display, vga = "none", and its firmware's variables not in flash)`,
	];
}

function diskObstacles({disks}: QemuDefinition): string[] {
	return disks.flatMap(({node, sharing}) => {
		const why = DISKS[sharing];
		return why === undefined ? [] : [`its disk ${node} ${why} (cure: make it with sharing = "replicated")`];
	});
}
