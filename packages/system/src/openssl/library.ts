import koffi, {type LibraryHandle} from 'koffi';
import {TlsError} from './tls-error.ts';

/** OpenSSL 3.0.0, as `OpenSSL_version_num` has it. */
const OLDEST_VERSION = 0x3000_0000;

/**
 * The OpenSSL that is part of Node, by the symbols that the executable exports. Another copy of the library must never be loaded beside it:
 * their symbols would be taken for each other. `uintptr_t` are pointers to OpenSSL's objects; results are 1 for success unless said otherwise.
 */
function declare(executable: LibraryHandle) {
	const symbol = (signature: string): ReturnType<LibraryHandle['func']> => executable.func(signature);
	return {
		versionNumber: symbol('unsigned long OpenSSL_version_num()'),
		clearErrors: symbol('void ERR_clear_error()'),
		/** The oldest error of this thread's queue, which is taken off; 0 = none. */
		takeError: symbol('unsigned long ERR_get_error()'),
		reasonOf: symbol('const char *ERR_reason_error_string(unsigned long error)'),
		verifyErrorText: symbol('const char *X509_verify_cert_error_string(long error)'),

		method: symbol('uintptr_t TLS_method()'),
		newContext: symbol('uintptr_t SSL_CTX_new(uintptr_t method)'),
		freeContext: symbol('void SSL_CTX_free(uintptr_t context)'),
		controlContext: symbol('long SSL_CTX_ctrl(uintptr_t context, int command, long number, uintptr_t pointer)'),
		setCiphersuites: symbol('int SSL_CTX_set_ciphersuites(uintptr_t context, const char *names)'),
		setTicketCount: symbol('int SSL_CTX_set_num_tickets(uintptr_t context, size_t count)'),
		setReadBufferBytes: symbol('void SSL_CTX_set_default_read_buffer_len(uintptr_t context, size_t length)'),
		setVerifyMode: symbol('void SSL_CTX_set_verify(uintptr_t context, int mode, uintptr_t callback)'),
		useCertificateChain: symbol('int SSL_CTX_use_certificate_chain_file(uintptr_t context, const char *file)'),
		usePrivateKey: symbol('int SSL_CTX_use_PrivateKey_file(uintptr_t context, const char *file, int type)'),
		checkPrivateKey: symbol('int SSL_CTX_check_private_key(uintptr_t context)'),
		loadAuthorities: symbol('int SSL_CTX_load_verify_file(uintptr_t context, const char *file)'),

		newSession: symbol('uintptr_t SSL_new(uintptr_t context)'),
		freeSession: symbol('void SSL_free(uintptr_t session)'),
		controlSession: symbol('long SSL_ctrl(uintptr_t session, int command, long number, const char *text)'),
		setPeerName: symbol('int SSL_set1_host(uintptr_t session, const char *name)'),
		setConnecting: symbol('void SSL_set_connect_state(uintptr_t session)'),
		setAccepting: symbol('void SSL_set_accept_state(uintptr_t session)'),
		setReadBio: symbol('void SSL_set0_rbio(uintptr_t session, uintptr_t bio)'),
		setWriteBio: symbol('void SSL_set0_wbio(uintptr_t session, uintptr_t bio)'),
		writeBioOf: symbol('uintptr_t SSL_get_wbio(uintptr_t session)'),
		handshake: symbol('int SSL_do_handshake(uintptr_t session)'),
		read: symbol('int SSL_read_ex(uintptr_t session, uintptr_t buffer, size_t length, uintptr_t moved)'),
		write: symbol('int SSL_write_ex(uintptr_t session, uintptr_t buffer, size_t length, uintptr_t moved)'),
		updateKeys: symbol('int SSL_key_update(uintptr_t session, int kind)'),
		shutdown: symbol('int SSL_shutdown(uintptr_t session)'),
		/** Why a call on a session did not succeed: an SSL_ERROR_* number. */
		errorKind: symbol('int SSL_get_error(uintptr_t session, int result)'),
		verifyResult: symbol('long SSL_get_verify_result(uintptr_t session)'),

		newSocketBio: symbol('uintptr_t BIO_new_socket(int fd, int close)'),
		bufferMethod: symbol('uintptr_t BIO_f_buffer()'),
		newBio: symbol('uintptr_t BIO_new(uintptr_t method)'),
		pushBio: symbol('uintptr_t BIO_push(uintptr_t bio, uintptr_t next)'),
		controlBio: symbol('long BIO_ctrl(uintptr_t bio, int command, long number, uintptr_t pointer)'),
		testBioFlags: symbol('int BIO_test_flags(uintptr_t bio, int flags)'),
		controlBioInteger: symbol('long BIO_int_ctrl(uintptr_t bio, int command, long number, int integer)'),
	};
}

export type OpenSsl = ReturnType<typeof declare>;

let loaded: OpenSsl | undefined;

/** The library, declared when it is first needed in a thread: most threads need it never. Throws TlsError where this Node does not have it. */
export function openSsl(): OpenSsl {
	if (loaded !== undefined) return loaded;
	let found: OpenSsl;
	try {
		found = declare(koffi.load(null));
	} catch (error) {
		throw new TlsError(`this Node (${process.version}) does not export its OpenSSL, which TLS needs`, {cause: error});
	}

	const version: number = found.versionNumber();
	if (version < OLDEST_VERSION) throw new TlsError(`TLS needs OpenSSL 3, and this Node (${process.version}) has 0x${version.toString(16)}`);
	loaded = found;
	return found;
}

/** Throws TlsError where this Node does not have what TLS needs: to be told of it at the start. */
export function assertOpenSsl(): void {
	openSsl();
}
