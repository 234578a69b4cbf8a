import type {ErrorCode} from '@sterna/protocol/errors';
import {DomainError} from '../../../domain-error.ts';

/** QEMU refused a command: ERR_NOT_SUPPORTED when it has no such command, else ERR_DOMAIN_STATE. The message names the command and gives QEMU's reason. */
export class QmpCommandError extends DomainError {
	readonly command: string;
	/** QEMU's word: GenericError mostly, or CommandNotFound, DeviceNotFound, DeviceNotActive, KVMMissingCap. */
	readonly errorClass: string;
	/** QEMU's reason, for people. */
	readonly description: string;

	constructor(command: string, errorClass: string, description: string) {
		const code: ErrorCode = errorClass === 'CommandNotFound' ? 'ERR_NOT_SUPPORTED' : 'ERR_DOMAIN_STATE';
		super(code, `QEMU refused ${command}: ${description}`);
		this.command = command;
		this.errorClass = errorClass;
		this.description = description;
	}
}
