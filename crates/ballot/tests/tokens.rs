//! The blind tokens against the published vectors of RFC 9497, Appendix A, and against a second
//! implementation, both ways.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use poprf_ristretto::{
    BlindedElement, EvaluatedElement, PoprfClient, PoprfServer, Proof, derive_key_pair,
};
use proptest::prelude::*;
use rand_core06::OsRng;
use serde::Deserialize;
use voprf_ng::{CipherSuite, Group, Ristretto255};

#[derive(Deserialize)]
struct Suite {
    identifier: String,
    #[serde(rename = "keyInfo")]
    key_info: String,
    seed: String,
    #[serde(rename = "skSm")]
    secret: String,
    #[serde(rename = "pkSm")]
    public: String,
    vectors: Vec<Vector>,
}

/// Fields of a batch hold as many values, separated by commas.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Vector {
    batch: usize,
    blind: String,
    blinded_element: String,
    evaluation_element: String,
    info: String,
    input: String,
    output: String,
    proof: VectorProof,
}

#[derive(Deserialize)]
struct VectorProof {
    proof: String,
    r: String,
}

fn bytes(hex: &str) -> Vec<u8> {
    hex.as_bytes()
        .chunks(2)
        .map(|it| u8::from_str_radix(std::str::from_utf8(it).unwrap(), 16).unwrap())
        .collect()
}

fn each(hex: &str) -> Vec<Vec<u8>> {
    hex.split(',').map(bytes).collect()
}

#[test]
fn attack_01_published_vectors_of_rfc_9497() {
    let suites: Vec<Suite> = serde_json::from_str(include_str!("rfc9497-poprf.json")).unwrap();
    let suite = suites.into_iter().find(|it| it.identifier == "ristretto255-SHA512").unwrap();
    let seed = bytes(&suite.seed).try_into().unwrap();
    let (secret, public) = derive_key_pair(&seed, &bytes(&suite.key_info)).unwrap();
    assert_eq!(secret.to_bytes().as_slice(), bytes(&suite.secret));
    assert_eq!(public.to_bytes().as_slice(), bytes(&suite.public));
    let (server, client) = (PoprfServer::new(secret), PoprfClient::new(public));

    assert_eq!(suite.vectors.len(), 3);
    for vector in suite.vectors {
        let info = bytes(&vector.info);
        let inputs = each(&vector.input);
        let (states, blinded): (Vec<_>, Vec<_>) = inputs
            .iter()
            .zip(each(&vector.blind))
            .map(|(input, blind)| {
                client.blind_with_scalar(input, &info, &blind.try_into().unwrap()).unwrap()
            })
            .unzip();
        assert_eq!(blinded.len(), vector.batch);
        let sent: Vec<_> = blinded.iter().map(|it| it.to_bytes().to_vec()).collect();
        assert_eq!(sent, each(&vector.blinded_element));

        let r = bytes(&vector.proof.r).try_into().unwrap();
        #[expect(
            clippy::disallowed_methods,
            reason = "the published vectors fix the proof's nonce"
        )]
        let (evaluated, proof) =
            server.blind_evaluate_batch_with_proof_scalar(&blinded, &info, &r).unwrap();
        let received: Vec<_> = evaluated.iter().map(|it| it.to_bytes().to_vec()).collect();
        assert_eq!(received, each(&vector.evaluation_element));
        assert_eq!(proof.to_bytes().as_slice(), bytes(&vector.proof.proof));

        let inputs: Vec<&[u8]> = inputs.iter().map(Vec::as_slice).collect();
        let outputs =
            client.finalize_batch(&inputs, &states, &evaluated, &blinded, &proof, &info).unwrap();
        let finished: Vec<_> = outputs.iter().map(|it| it.as_bytes().to_vec()).collect();
        assert_eq!(finished, each(&vector.output));
        for (input, output) in inputs.iter().zip(outputs) {
            assert!(server.evaluate(input, &info).unwrap() == output);
        }
    }
}

/// The second implementation wants another generation of the random number traits.
struct SystemRandomness;

impl rand_core10::TryRng for SystemRandomness {
    type Error = std::convert::Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
        Ok(getrandom::u32().unwrap())
    }

    fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
        Ok(getrandom::u64().unwrap())
    }

    fn try_fill_bytes(&mut self, to: &mut [u8]) -> Result<(), Self::Error> {
        getrandom::fill(to).unwrap();
        Ok(())
    }
}

impl rand_core10::TryCryptoRng for SystemRandomness {}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn attack_02_our_server_and_their_client_agree(
        input in any::<[u8; 32]>(),
        info in prop::collection::vec(any::<u8>(), 0..80),
    ) {
        let server = PoprfServer::generate(&mut OsRng);
        let theirs =
            voprf_ng::PoprfClient::<Ristretto255>::blind(&input, &mut SystemRandomness).unwrap();
        let blinded = BlindedElement::from_bytes(&theirs.message.serialize()).unwrap();
        let (evaluated, proof) = server.blind_evaluate(&mut OsRng, &blinded, &info).unwrap();
        let evaluated =
            voprf_ng::EvaluationElement::<Ristretto255>::deserialize(&evaluated.to_bytes()).unwrap();
        let proof = voprf_ng::Proof::<Ristretto255>::deserialize(&proof.to_bytes()).unwrap();
        let public = <<Ristretto255 as CipherSuite>::Group as Group>::deserialize_elem(
            &server.public_key().to_bytes(),
        )
        .unwrap();
        let output = theirs.state.finalize(&input, &evaluated, &proof, public, Some(&info)).unwrap();
        let expected = server.evaluate(&input, &info).unwrap();
        prop_assert_eq!(output.as_slice(), expected.as_bytes().as_slice());
        let other = [info.as_slice(), &[0]].concat();
        prop_assert!(
            theirs.state.finalize(&input, &evaluated, &proof, public, Some(&other)).is_err()
        );
    }

    #[test]
    fn attack_02_their_server_and_our_client_agree(
        input in any::<[u8; 32]>(),
        info in prop::collection::vec(any::<u8>(), 0..80),
    ) {
        let ours = PoprfServer::generate(&mut OsRng);
        let server = voprf_ng::PoprfServer::<Ristretto255>::new_with_key(
            &ours.secret_key().to_bytes(),
        )
        .unwrap();
        let client = PoprfClient::new(ours.public_key());
        let (state, blinded) = client.blind(&input, &info, &mut OsRng).unwrap();
        let sent =
            voprf_ng::BlindedElement::<Ristretto255>::deserialize(&blinded.to_bytes()).unwrap();
        let reply = server.blind_evaluate(&mut SystemRandomness, &sent, Some(&info)).unwrap();
        let evaluated = EvaluatedElement::from_bytes(&reply.message.serialize()).unwrap();
        let proof = Proof::from_bytes(&reply.proof.serialize()).unwrap();
        let output = client.finalize(&input, &state, &evaluated, &blinded, &proof, &info).unwrap();
        let expected = server.evaluate(&input, Some(&info)).unwrap();
        prop_assert_eq!(output.as_bytes().as_slice(), expected.as_slice());
    }
}
