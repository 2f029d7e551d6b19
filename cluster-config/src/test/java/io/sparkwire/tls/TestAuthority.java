package io.sparkwire.tls;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.ThreadLocalRandom;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority that issues certificates of tests. Immutable. */
public final class TestAuthority {

  private static final Duration DAY = Duration.ofDays(1);
  private static final GeneralName[] THIS_MACHINE = {
    new GeneralName(GeneralName.dNSName, "localhost"),
    new GeneralName(GeneralName.iPAddress, "127.0.0.1")
  };

  private final TestIdentity own;

  private TestAuthority(TestIdentity own) {
    this.own = own;
  }

  /** A new one with a certificate of its own, signed by itself. */
  public static TestAuthority named(String name) {
    X500Principal subject = new X500Principal("CN=" + name);
    KeyPair keys = keys("EC");
    Instant now = Instant.now();
    X509Certificate certificate =
        sign(subject, keys, subject, keys, now.minus(DAY), now.plus(DAY), null);
    return new TestAuthority(new TestIdentity(keys.getPrivate(), certificate, certificate));
  }

  /** Its certificate, which vouches for those that it issues. */
  public X509Certificate certificate() {
    return own.certificate();
  }

  /** A certificate for {@code localhost} and {@code 127.0.0.1} that is valid now. */
  public TestIdentity issue(String subject) {
    return issue(subject, "EC");
  }

  public TestIdentity issue(String subject, String keyType) {
    return issue(subject, keyType, Instant.now().plus(DAY));
  }

  /** One that is not valid any more. */
  public TestIdentity issueExpired(String subject) {
    return issue(subject, "EC", Instant.now().minusSeconds(60));
  }

  /** One that is for another host and no address. */
  public TestIdentity issueForHost(String host) {
    GeneralName[] names = {new GeneralName(GeneralName.dNSName, host)};
    return issue("CN=" + host, "EC", Instant.now().plus(DAY), names);
  }

  private TestIdentity issue(String subject, String keyType, Instant end) {
    return issue(subject, keyType, end, THIS_MACHINE);
  }

  private TestIdentity issue(String subject, String keyType, Instant end, GeneralName[] names) {
    KeyPair keys = keys(keyType);
    KeyPair signer = new KeyPair(own.certificate().getPublicKey(), own.key());
    X509Certificate certificate =
        sign(
            new X500Principal(subject),
            keys,
            own.certificate().getSubjectX500Principal(),
            signer,
            end.minus(DAY).minus(DAY),
            end,
            names);
    return new TestIdentity(keys.getPrivate(), certificate, own.certificate());
  }

  private static KeyPair keys(String type) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
      generator.initialize(type.equals("EC") ? 256 : 2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static X509Certificate sign(
      X500Principal subject,
      KeyPair keys,
      X500Principal issuer,
      KeyPair signer,
      Instant from,
      Instant until,
      GeneralName[] names) {
    try {
      BigInteger serial = BigInteger.valueOf(ThreadLocalRandom.current().nextLong(1, 1L << 60));
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              issuer, serial, Date.from(from), Date.from(until), subject, keys.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(names == null));
      if (names != null) {
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
      }
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate())));
    } catch (CertIOException | GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }
}
