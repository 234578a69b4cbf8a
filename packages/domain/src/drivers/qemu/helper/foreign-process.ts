import {closeSync, constants, fstatSync, openSync, readdirSync, readFileSync, readlinkSync} from 'node:fs';
import {isSystemError, openProcess} from '@sterna/system/processes';
import {DomainError} from '../../../domain-error.ts';
import {isProcessIntact, type ProcessIdentity} from '../../../process-identity.ts';
import {parseProcessMaps, type ProcessMapping} from './process-maps.ts';

/** Reading /proc of a process that is gone. */
const GONE = ['ENOENT', 'ESRCH'];
/** The same of one that is another user's, or of one that has more rights than we. */
const FORBIDDEN = ['EACCES', 'EPERM'];

/** Exactly one process of another program, looked at through /proc. What is asked of one that is gone throws ERR_GUEST_EXITED; without the right to trace it, ERR_NOT_SUPPORTED. */
export class ForeignProcess implements Disposable {
	readonly identity: ProcessIdentity;
	/** Of `openProcess`. */
	readonly pidfd: number;

	constructor(identity: ProcessIdentity) {
		this.identity = identity;
		this.pidfd = this.look(() => openProcess(identity.pid));
		try {
			this.assertThere();
		} catch (error) {
			closeSync(this.pidfd);
			throw error;
		}
	}

	get pid(): number {
		return this.identity.pid;
	}

	/** Throws ERR_GUEST_EXITED unless the process is there, and has not begun to end. To be asked behind each use of its pid. */
	assertThere(): void {
		if (!isProcessIntact(this.identity)) throw this.#gone();
	}

	mappings(): ProcessMapping[] {
		const mappings = this.look(() => parseProcessMaps(readFileSync(`/proc/${this.pid}/maps`, 'utf8')));
		this.assertThere();
		return mappings;
	}

	/** Opens a file of /proc/PID, of its memory say, by `flags` of open(2). The caller's to close. */
	open(name: string, flags: number): number {
		const fd = this.look(() => openSync(`/proc/${this.pid}/${name}`, flags));
		try {
			this.assertThere();
			return fd;
		} catch (error) {
			closeSync(fd);
			throw error;
		}
	}

	/** Opens the file behind one of its mappings by way of a descriptor that the process has of it; undefined where it has none. The caller's to close. */
	openMapped({path, inode}: ProcessMapping, access: 'read' | 'read-write'): number | undefined {
		// Not to be held up, should it have put something else in its place meanwhile.
		const flags = (access === 'read' ? constants.O_RDONLY : constants.O_RDWR) | constants.O_NONBLOCK;
		for (const name of this.look(() => readdirSync(`/proc/${this.pid}/fd`))) {
			if (this.#linkOf(name) !== path) continue;
			const fd = this.open(`fd/${name}`, flags);
			if (fstatSync(fd).ino === inode) return fd;
			closeSync(fd);
		}

		return undefined;
	}

	/** Passes on what a look at the process gives; an error that says that it is gone or forbidden says so in our words. */
	look<Result>(at: () => Result): Result {
		try {
			return at();
		} catch (error) {
			if (GONE.some(code => isSystemError(error, code))) throw this.#gone(error);
			if (!FORBIDDEN.some(code => isSystemError(error, code))) throw error;
			throw new DomainError(
				'ERR_NOT_SUPPORTED',
				`process ${this.pid} may not be looked into: it must be of the daemon's own user, or the daemon have CAP_SYS_PTRACE`,
				{cause: error},
			);
		}
	}

	[Symbol.dispose](): void {
		closeSync(this.pidfd);
	}

	/** A descriptor may have been closed since it was listed. */
	#linkOf(name: string): string | undefined {
		try {
			return readlinkSync(`/proc/${this.pid}/fd/${name}`);
		} catch (error) {
			if (isSystemError(error, 'ENOENT')) return undefined;
			return this.look(() => {
				throw error;
			});
		}
	}

	#gone(cause?: unknown): DomainError {
		return new DomainError('ERR_GUEST_EXITED', `the guest's process ${this.pid} is gone`, {cause});
	}
}
