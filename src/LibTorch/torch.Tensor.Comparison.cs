using static TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    // Element by element, except the last ones, which answer for the whole.
    public sealed partial class Tensor
    {
        public Tensor eq(Tensor target) => ts_eq(this, target);
        public Tensor eq(Scalar target) => ts_eq_s(this, target);
        public Tensor eq_(Tensor target) => Self(ts_eq_(this, target));
        public Tensor eq_(Scalar target) => Self(ts_eq_s_(this, target));

        public Tensor ne(Tensor target) => ts_ne(this, target);
        public Tensor ne(Scalar target) => ts_ne_s(this, target);
        public Tensor ne_(Tensor target) => Self(ts_ne_(this, target));
        public Tensor ne_(Scalar target) => Self(ts_ne_s_(this, target));

        public Tensor not_equal(Tensor target) => ne(target);

        public Tensor lt(Tensor target) => ts_lt(this, target);
        public Tensor lt(Scalar target) => ts_lt_s(this, target);
        public Tensor lt_(Tensor target) => Self(ts_lt_(this, target));
        public Tensor lt_(Scalar target) => Self(ts_lt_s_(this, target));

        public Tensor less(Tensor target) => lt(target);

        public Tensor le(Tensor target) => ts_le(this, target);
        public Tensor le(Scalar target) => ts_le_s(this, target);
        public Tensor le_(Tensor target) => Self(ts_le_(this, target));
        public Tensor le_(Scalar target) => Self(ts_le_s_(this, target));

        public Tensor less_equal(Tensor target) => le(target);

        public Tensor gt(Tensor target) => ts_gt(this, target);
        public Tensor gt(Scalar target) => ts_gt_s(this, target);
        public Tensor gt_(Tensor target) => Self(ts_gt_(this, target));
        public Tensor gt_(Scalar target) => Self(ts_gt_s_(this, target));

        public Tensor greater(Tensor target) => gt(target);

        public Tensor ge(Tensor target) => ts_ge(this, target);
        public Tensor ge(Scalar target) => ts_ge_s(this, target);
        public Tensor ge_(Tensor target) => Self(ts_ge_(this, target));
        public Tensor ge_(Scalar target) => Self(ts_ge_s_(this, target));

        public Tensor greater_equal(Tensor target) => ge(target);

        public Tensor isclose(Tensor other, double rtol = 1e-05, double atol = 1e-08, bool nanEqual = false) => ts_isclose(this, other, rtol, atol, nanEqual);

        public Tensor isin(Tensor test_elements, bool assumeUnique = false, bool invert = false) => ts_isin(this, test_elements, assumeUnique, invert);

        public bool allclose(Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false)
        {
            Fault.Check(ts_allclose(this, target, rtol, atol, equal_nan, out var close));
            return close;
        }

        /// <summary>The same shape and the same values.</summary>
        public bool Equals(Tensor target)
        {
            Fault.Check(ts_equal(this, target, out var equal));
            return equal;
        }
    }
}
