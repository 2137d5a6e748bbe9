namespace OmniGen2.Training;

/// <summary>What products are computed in; weights and what the optimiser remembers stay fp32.</summary>
public enum TrainingPrecision
{
    Fp32,
    Bf16,
}
