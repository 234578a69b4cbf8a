import {DomainError} from '../../domain-error.ts';
import type {DomainDriver} from '../../driver.ts';
import {isProcessIntact, killProcess} from '../../process-identity.ts';

const notYet = async (): Promise<never> => Promise.reject(new DomainError('ERR_NOT_SUPPORTED', 'QEMU guests are not made here'));

/** A stock QEMU virtual machine. */
export const qemuDriver: DomainDriver = {
	kind: 'qemu',
	create: notYet,
	describe: notYet,
	createTarget: notYet,
	openTarget: notYet,
	openSource: notYet,
	manage: notYet,
	endHalfMade: async () => Promise.resolve(false),
	isAlive: handle => handle.kind === 'process' && isProcessIntact(handle),
	async remove(handle) {
		if (handle.kind === 'process') await killProcess(handle, 30_000);
	},
};
