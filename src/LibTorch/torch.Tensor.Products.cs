using static TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    // Products of vectors and matrices.
    public sealed partial class Tensor
    {
        public Tensor matmul(Tensor target) => ts_matmul(this, target);

        public Tensor mm(Tensor target) => ts_mm(this, target);

        public Tensor mv(Tensor target) => ts_mv(this, target);

        public Tensor dot(Tensor other) => ts_dot(this, other);

        public Tensor outer(Tensor vec2) => ts_outer(this, vec2);

        public Tensor bmm(Tensor batch2) => ts_bmm(this, batch2);

        public Tensor addmm(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) => ts_addmm(this, mat1, mat2, beta, alpha);

        public Tensor addmm_(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) => Self(ts_addmm_(this, mat1, mat2, beta, alpha));

        public Tensor baddbmm(Tensor batch1, Tensor batch2, float beta = 1, float alpha = 1) => ts_baddbmm(this, batch1, batch2, beta, alpha);
    }
}
