package io.sparkwire.secret;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;

/**
 * The certificate authority that a secret is: a key of Ed25519 whose seed is derived from it, so
 * all nodes that know the secret have the same. Immutable.
 *
 * @param name of its certificates, the same at all nodes
 */
record SecretAuthority(X500Principal name, PrivateKey key, PublicKey publicKey) {

  private static final String PURPOSE = "authority";
  private static final String ALGORITHM = "Ed25519";
  private static final AlgorithmIdentifier ALGORITHM_ID =
      new AlgorithmIdentifier(new ASN1ObjectIdentifier("1.3.101.112"));
  private static final int SEED_BYTES = Ed25519PrivateKeyParameters.KEY_SIZE;
  private static final int NAME_BYTES = 8;
  private static final int SERIAL_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Clocks of nodes may differ by that much. */
  private static final Duration BEFORE = Duration.ofDays(30);

  /** Longer than any node runs. What the certificate proves ends with the process all the same. */
  private static final Duration AFTER = Duration.ofDays(3650);

  /** One for each secret, that of the first one first. */
  static List<SecretAuthority> of(ClusterSecret secret) {
    return secret.derive(PURPOSE, SEED_BYTES).stream().map(SecretAuthority::ofSeed).toList();
  }

  private static SecretAuthority ofSeed(byte[] seed) {
    byte[] publicKey = new Ed25519PrivateKeyParameters(seed).generatePublicKey().getEncoded();
    try {
      KeyFactory factory = KeyFactory.getInstance(ALGORITHM);
      byte[] publicInfo = new SubjectPublicKeyInfo(ALGORITHM_ID, publicKey).getEncoded();
      return new SecretAuthority(
          new X500Principal("CN=sparkwire " + HexFormat.of().formatHex(publicKey, 0, NAME_BYTES)),
          factory.generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed)),
          factory.generatePublic(new X509EncodedKeySpec(publicInfo)));
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("every JVM has " + ALGORITHM, e);
    }
  }

  /** Its own certificate. */
  X509Certificate certificate() {
    return certify(this);
  }

  /** A certificate that makes those who trust this authority trust the other one. */
  X509Certificate certify(SecretAuthority other) {
    return issue(other.name(), other.publicKey(), new BasicConstraints(true), KeyUsage.keyCertSign);
  }

  /** The certificate of a node. */
  X509Certificate issue(X500Principal subject, PublicKey subjectKey) {
    return issue(subject, subjectKey, new BasicConstraints(false), KeyUsage.digitalSignature);
  }

  private X509Certificate issue(
      X500Principal subject, PublicKey subjectKey, BasicConstraints constraints, int usage) {
    Instant now = Instant.now();
    V3TBSCertificateGenerator content = new V3TBSCertificateGenerator();
    content.setSerialNumber(new ASN1Integer(new BigInteger(SERIAL_BITS, RANDOM)));
    content.setSignature(ALGORITHM_ID);
    content.setIssuer(X500Name.getInstance(name.getEncoded()));
    content.setStartDate(new Time(Date.from(now.minus(BEFORE))));
    content.setEndDate(new Time(Date.from(now.plus(AFTER))));
    content.setSubject(X500Name.getInstance(subject.getEncoded()));
    content.setSubjectPublicKeyInfo(SubjectPublicKeyInfo.getInstance(subjectKey.getEncoded()));
    try {
      ExtensionsGenerator extensions = new ExtensionsGenerator();
      extensions.addExtension(Extension.basicConstraints, true, constraints);
      extensions.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
      content.setExtensions(extensions.generate());
      return signed(content.generateTBSCertificate());
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("others could be made of the same parts", e);
    }
  }

  private X509Certificate signed(TBSCertificate content)
      throws GeneralSecurityException, IOException {
    Signature signature = Signature.getInstance(ALGORITHM);
    signature.initSign(key);
    signature.update(content.getEncoded(ASN1Encoding.DER));
    byte[] certificate =
        new DERSequence(
                new ASN1Encodable[] {content, ALGORITHM_ID, new DERBitString(signature.sign())})
            .getEncoded();
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(certificate));
  }

  @Override
  public String toString() {
    return "SecretAuthority[" + name + ']';
  }
}
