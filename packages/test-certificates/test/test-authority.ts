import {X509Certificate, createPrivateKey} from 'node:crypto';
import test from 'ava';
import {TestAuthority} from '../src/index.ts';

test('what an authority issues holds for its name and addresses, at both ends, and is signed by it alone', async t => {
	const [authority, other] = await Promise.all([TestAuthority.create(), TestAuthority.create()]);
	const issued = await authority.issue({name: 'host-a', addresses: ['127.0.0.1', '::1']});
	const certificate = new X509Certificate(issued.certificate);
	t.is(certificate.checkHost('host-a'), 'host-a');
	for (const address of ['127.0.0.1', '::1']) t.is(certificate.checkIP(address), address);
	t.deepEqual(certificate.keyUsage, ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2']);
	t.true(certificate.checkPrivateKey(createPrivateKey(issued.key)));
	t.true(certificate.verify(new X509Certificate(authority.certificate).publicKey));
	t.false(certificate.verify(new X509Certificate(other.certificate).publicKey));
	t.true(certificate.validToDate > new Date());
});

test('a certificate can be issued that has expired', async t => {
	const authority = await TestAuthority.create();
	const {certificate} = await authority.issue({name: 'host-a', notAfter: new Date('2020-01-02T03:04:05Z')});
	t.deepEqual(new X509Certificate(certificate).validToDate, new Date('2020-01-02T03:04:05Z'));
});
