package dev.palisade.ssh;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.Optional;

/** The curves over which SSH has ECDSA keys, by RFC 5656. */
enum NistCurve {
  P256("nistp256", "secp256r1", 32, "SHA256"),
  P384("nistp384", "secp384r1", 48, "SHA384"),
  P521("nistp521", "secp521r1", 66, "SHA512");

  private static final String TYPE = "ecdsa-sha2-";
  private static final byte UNCOMPRESSED = 4;

  private final String code;
  private final String javaName;
  private final int size;
  private final String hash;

  /**
   * @param size of a coordinate, in bytes
   * @param hash that SSH signs with over this curve
   */
  NistCurve(String code, String javaName, int size, String hash) {
    this.code = code;
    this.javaName = javaName;
    this.size = size;
    this.hash = hash;
  }

  /** The curve of keys and signatures of this type; empty where they are of another kind. */
  static Optional<NistCurve> ofType(String type) {
    return Arrays.stream(values()).filter(curve -> type.equals(TYPE + curve.code)).findFirst();
  }

  /**
   * Reads the rest of a key after its type.
   *
   * @throws IllegalArgumentException unless it is an uncompressed point of this curve
   */
  PublicKey key(String named, byte[] point) throws GeneralSecurityException {
    if (!named.equals(code) || point.length != 1 + 2 * size || point[0] != UNCOMPRESSED) {
      throw new IllegalArgumentException("Not a point of " + code);
    }
    BigInteger x = new BigInteger(1, Arrays.copyOfRange(point, 1, 1 + size));
    BigInteger y = new BigInteger(1, Arrays.copyOfRange(point, 1 + size, point.length));
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(new ECGenParameterSpec(javaName));
    ECParameterSpec curve = parameters.getParameterSpec(ECParameterSpec.class);
    requireOn(curve, x, y);
    return KeyFactory.getInstance("EC")
        .generatePublic(new ECPublicKeySpec(new ECPoint(x, y), curve));
  }

  private static void requireOn(ECParameterSpec curve, BigInteger x, BigInteger y) {
    BigInteger p = ((ECFieldFp) curve.getCurve().getField()).getP();
    BigInteger right =
        x.pow(3).add(curve.getCurve().getA().multiply(x)).add(curve.getCurve().getB()).mod(p);
    if (x.compareTo(p) >= 0 || y.compareTo(p) >= 0 || !y.pow(2).mod(p).equals(right)) {
      throw new IllegalArgumentException("The point is not on the curve");
    }
  }

  /** The name of the algorithm in Java, for signatures as {@link #joined} makes them. */
  String algorithm() {
    return hash + "withECDSAinP1363Format";
  }

  /**
   * The two numbers of a signature, each in as many bytes as a coordinate has.
   *
   * @throws IllegalArgumentException for anything that is not two positive numbers in their only
   *     spelling
   */
  byte[] joined(byte[] signature) {
    Wire wire = Wire.of(signature);
    byte[] joined = new byte[2 * size];
    for (int end : new int[] {size, 2 * size}) {
      byte[] spelled = wire.bytes();
      BigInteger number = spelled.length == 0 ? BigInteger.ZERO : new BigInteger(spelled);
      byte[] bytes = number.toByteArray();
      int sign = bytes.length > 1 && bytes[0] == 0 ? 1 : 0;
      if (number.signum() <= 0 || !Arrays.equals(bytes, spelled) || bytes.length - sign > size) {
        throw new IllegalArgumentException("Not a number of a signature");
      }
      System.arraycopy(bytes, sign, joined, end - bytes.length + sign, bytes.length - sign);
    }
    wire.end();
    return joined;
  }
}
