import {createHash} from 'node:crypto';
import {chmodSync, chownSync, lstatSync, mkdirSync, statSync} from 'node:fs';
import path from 'node:path';
import {DomainName, type GuestPlace} from '@sterna/domain';
import type {Side} from '@sterna/protocol';
import * as v from 'valibot';
import type {Paths} from './config/paths.ts';
import {fileError, hostError} from './host-error.ts';

/** Longest path of a Unix socket in bytes: `sun_path` has 108, its last is a NUL. */
const MAX_SOCKET_PATH_BYTES = 107;
/** Room that drivers have for the name of a socket in a guest's run directory, separator included: `/control.sock`. */
const SOCKET_NAME_BYTES = 16;

/** Where everything is on this host. Both daemons and migrate-ctl see the same. */
export class Directories {
	readonly state: string;
	readonly run: string;
	/** One directory a domain: its record and whatever its driver keeps. */
	readonly domains: string;
	/** One file a migration: how it ended. */
	readonly migrations: string;
	/** Recordings of migrations. Made by who writes the first: a migration needs none. */
	readonly records: string;
	/** Locks of domains. */
	readonly locks: string;
	/** Run directories of guests. */
	readonly guests: string;
	/** Compiled code, which Node keeps here. May be removed at any time. */
	readonly compileCache: string;
	readonly #side: Side;
	readonly #host: Pick<GuestPlace, 'guestAddress' | 'qemu'>;

	/** `host`: what guests are told of this host. */
	constructor({state, run}: Paths, side: Side, host: Pick<GuestPlace, 'guestAddress' | 'qemu'> = {}) {
		this.state = state;
		this.run = run;
		this.domains = path.join(state, 'domains');
		this.migrations = path.join(state, 'migrations');
		this.records = path.join(state, 'records');
		this.locks = path.join(run, 'locks');
		this.guests = path.join(run, 'guests');
		this.compileCache = path.join(state, 'compile-cache');
		this.#side = side;
		this.#host = host;
	}

	/**
	 * Makes what is missing, for this user alone (0700). With a group the run directory can be passed through by it (0710), for a socket
	 * that the group may open. Throws ERR_FILE, and ERR_CONFIG when a directory is another user's.
	 */
	create({socketGroup}: {readonly socketGroup?: number | undefined} = {}): void {
		for (const directory of [this.state, this.run, this.domains, this.migrations, this.locks, this.guests]) this.#make(directory);
		for (const directory of [this.state, this.run]) this.#assertOwn(directory);
		if (socketGroup === undefined) return;
		chownSync(this.run, process.getuid?.() ?? 0, socketGroup);
		chmodSync(this.run, 0o710);
	}

	/** Directory of a domain's record; made by `guestPlace`. Throws ERR_USAGE for a name that no domain can have. */
	domainDir(name: string): string {
		return path.join(this.domains, this.#checked(name));
	}

	/** The file whose lock is the domain's. Throws ERR_USAGE for a name that no domain can have. */
	lockFile(name: string): string {
		return path.join(this.locks, `${this.#checked(name)}.lock`);
	}

	/** Makes the places of a guest and names them. Throws ERR_CONFIG when the run directory's path leaves no room for a socket, and ERR_FILE. */
	guestPlace(name: string): GuestPlace {
		const place = this.placeOf(name);
		this.#make(place.domainDir);
		this.#make(place.runDir);
		return place;
	}

	/** The places that a guest of this name has, or would have; nothing is made. Throws as `guestPlace`. */
	placeOf(name: string): GuestPlace {
		return {
			domainDir: this.domainDir(name),
			runDir: this.#guestRunDir(name),
			outputFile: path.join(this.domainDir(name), 'output'),
			...this.#host,
		};
	}

	/** Long names are hashed rather than refused; no domain's name begins with a tilde. */
	#guestRunDir(name: string): string {
		const fits = (directory: string): boolean => Buffer.byteLength(directory) + SOCKET_NAME_BYTES <= MAX_SOCKET_PATH_BYTES;
		const plain = path.join(this.guests, name);
		if (fits(plain)) return plain;
		const short = path.join(this.guests, `~${createHash('sha256').update(name).digest('hex').slice(0, 16)}`);
		if (fits(short)) return short;
		throw hostError(
			'ERR_CONFIG',
			`paths.run (${this.run}) is too long: a guest's socket below it would have more than the ${MAX_SOCKET_PATH_BYTES} bytes that a Unix socket's path can have`,
			{side: this.#side},
		);
	}

	/** Names come from operators and peers: one with a slash in it must not become a path. */
	#checked(name: string): string {
		if (v.is(DomainName, name)) return name;
		throw hostError('ERR_USAGE', `${JSON.stringify(String(name).slice(0, 80))} is not a name that a domain can have`, {side: this.#side});
	}

	#make(directory: string): void {
		try {
			mkdirSync(directory, {recursive: true, mode: 0o700});
		} catch (error) {
			throw fileError(`the directory ${directory} cannot be made`, error, this.#side);
		}
	}

	/** In /tmp anybody could have made it first, to have our sockets and locks in a place of theirs. */
	#assertOwn(directory: string): void {
		const own = process.getuid?.();
		// The link too, where it is one.
		const stranger = [lstatSync(directory).uid, statSync(directory).uid].find(uid => uid !== own && uid !== 0);
		if (own === undefined || stranger === undefined) return;
		throw hostError('ERR_CONFIG', `the directory ${directory} belongs to the user ${stranger}, not to us (${own})`, {side: this.#side});
	}
}
