//! Many teams at once.

/// The q-values of `p`: the smallest false discovery rate at which each would be called.
///
/// q₍ᵣ₎ = min over s ≥ r of p₍ₛ₎ m/s. Source: Benjamini and Hochberg 1995, JRSS B 57:289.
pub fn benjamini_hochberg(p: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|&a, &b| p[a].total_cmp(&p[b]));
    let mut q = vec![0.0; p.len()];
    let mut smallest = 1.0_f64;
    for (rank, &at) in order.iter().enumerate().rev() {
        smallest = smallest.min(p[at] * p.len() as f64 / (rank + 1) as f64);
        q[at] = smallest;
    }
    q
}
